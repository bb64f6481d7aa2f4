package io.reststream.flink.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.process.ChildJvm;
import io.reststream.testkit.process.Until;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint of the oldest supported Flink is resumed on the Flink of these tests, each in its own
 * process with its own class path, while the API publishes all the time.
 */
@Tag("matrix")
class UpgradeIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int ENOUGH = 300;

  /** Set by the build: where the oldest Flink's tests were compiled, and their class path is. */
  private final Path oldest = Path.of(System.getProperty("reststream.oldest"));

  @TempDir Path directory;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void noRecordIsLostOrRepeated() throws Exception {
    String old = classPathOfTheOldest();
    assertThat(old).as("another Flink").isNotEqualTo(System.getProperty("java.class.path"));
    FinishedFiles files = new FinishedFiles(directory.resolve("files"));
    try (LiveApi api = new LiveApi(new Random().nextLong())) {
      String savepoint;
      try (ChildJvm before = start("oldest", old, api, ENOUGH)) {
        savepoint = before.awaitLogged(Pattern.compile(SavedJob.SAVED + "(\\S+)\\R"), LIMIT);
      }
      int delivered = files.records().size();
      try (ChildJvm after =
          start(
              "newest", System.getProperty("java.class.path"), api, Integer.MAX_VALUE, savepoint)) {
        Until.holds("more records", LIMIT, () -> files.records().size() >= delivered + ENOUGH);
        api.fallSilent();
        int published = api.api().published().size();
        Until.holds(published + " records", LIMIT, () -> files.records().size() >= published);
        KillIT.assertOnce(api.api().published(), files.records());
        System.out.printf("%d records before, %d in all%n", delivered, published);
      }
    }
  }

  private ChildJvm start(String name, String classPath, LiveApi api, int enough, String... more)
      throws IOException {
    List<String> args = new ArrayList<>();
    args.add(api.api().url());
    args.add(directory.resolve("files").toString());
    args.add(Integer.toString(enough));
    args.addAll(List.of(more));
    return ChildJvm.start(
        directory.resolve(name + ".log"),
        List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        Map.of("CLASSPATH", classPath),
        SavedJob.class.getName(),
        args);
  }

  private String classPathOfTheOldest() throws IOException {
    return String.join(
        File.pathSeparator,
        oldest.resolve("test-classes").toString(),
        oldest.resolve("classes").toString(),
        Files.readString(oldest.resolve("test.classpath")).strip());
  }
}
