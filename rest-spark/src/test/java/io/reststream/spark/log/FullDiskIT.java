package io.reststream.spark.log;

import static io.reststream.spark.log.LogFixture.INPUT;
import static io.reststream.spark.log.LogFixture.append;
import static io.reststream.spark.log.LogFixture.files;
import static io.reststream.spark.log.LogFixture.open;
import static io.reststream.spark.log.LogFixture.read;
import static io.reststream.spark.log.LogFixture.store;
import static io.reststream.spark.log.LogFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernel refuses a write of a driver in the middle of a segment on the local disk: a limit for
 * the size of files needs no disk that can be filled, and lets a write end at any place likewise.
 */
@Tag("full")
@Timeout(300)
class FullDiskIT {
  private static final int KIBIBYTE = 1024;
  private static final int REFUSED = 3;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 13, 21, 34, 300})
  void nothingIsLostOrRepeatedWhereverAWriteEnds(int kibibytes) throws Exception {
    Path log = directory.resolve("log");
    Path said = directory.resolve("said");
    Process driver =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -f " + kibibytes + " && exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Driver.class.getName(),
                log.toString())
            .redirectError(said.toFile())
            .start();
    List<String> lines;
    try (var out = driver.inputReader(StandardCharsets.UTF_8)) {
      lines = out.lines().toList();
    }
    assertThat(driver.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(driver.exitValue()).as(Files.readString(said)).isEqualTo(REFUSED);

    int told = Integer.parseInt(lines.get(lines.size() - 2));
    List<Path> segments = files(log, "segments");
    Path torn = segments.get(segments.size() - 1);
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo(
            "Cannot write the page log file %s: File too large. No record was lost. Make sure that the file system answers, that there is space and that the query may write there, then start it again."
                .formatted(store(log).path("segments/" + torn.getFileName())));
    assertThat(torn).hasSize((long) kibibytes * KIBIBYTE);

    PageLog again = open(store(log));
    assertThat(again.position(INPUT)).isEqualTo(Integer.toString(told));
    append(again, 5);
    assertThat(read(open(store(log)))).isEqualTo(texts(0, told + 5));
  }

  /** Appends segments, each larger than the last one, and says up to where they are safe. */
  static final class Driver {
    private Driver() {}

    public static void main(String[] args) throws IOException {
      PageLog log = open(store(Path.of(args[0])));
      try {
        for (int records = 1; ; records *= 2) {
          System.out.println(log.position(INPUT));
          append(log, records);
        }
      } catch (PageLogException e) {
        System.out.println(e.getMessage());
        System.exit(REFUSED);
      }
    }
  }
}
