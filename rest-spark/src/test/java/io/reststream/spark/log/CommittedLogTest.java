package io.reststream.spark.log;

import static io.reststream.spark.log.LogFixture.INPUT;
import static io.reststream.spark.log.LogFixture.append;
import static io.reststream.spark.log.LogFixture.copy;
import static io.reststream.spark.log.LogFixture.open;
import static io.reststream.spark.log.LogFixture.read;
import static io.reststream.spark.log.LogFixture.store;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.Records;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs as each version of the format wrote them are read, and gone on with. */
class CommittedLogTest {
  private static final List<String> RECORDS =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "100");

  @TempDir Path parent;
  private Path directory = Path.of("");

  @BeforeEach
  void name() {
    directory = parent.resolve("log");
  }

  private void restore(String version) throws Exception {
    copy(
        Path.of(Objects.requireNonNull(getClass().getResource("/page-log/" + version)).toURI()),
        directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void aLogIsReadAndGoneOnWith(String version) throws Exception {
    restore(version);

    PageLog log = open(store(directory));

    assertThat(read(log)).isEqualTo(RECORDS);
    assertThat(log.position(INPUT)).isEqualTo("14");
    assertThat(log.position("{\"tenant\":\"b\"}")).isEqualTo("101");
    assertThat(log.position("{\"tenant\":\"c\"}")).isEqualTo("moved");
    append(log, 2);
    assertThat(read(open(store(directory)))).startsWith("0").endsWith("100", "14", "15");
  }

  @Test
  void aLogOfTheFirstVersionDoesNotKnowWhereItsRecordsCameFrom() throws Exception {
    restore("v1");
    PageLog log = open(store(directory));

    assertThat(log.ranges(Place.START, log.end()))
        .extracting(range -> range.block().page())
        .containsOnlyNulls();
  }

  @Test
  void aLogOfTheSecondVersionKnows() throws Exception {
    restore("v2");
    PageLog log = open(store(directory));

    assertThat(log.ranges(Place.START, log.end()))
        .extracting(range -> range.block().page())
        .containsExactly(
            null,
            null,
            null,
            null,
            new PageFacts(
                "https://api.example.com/ä?key=****",
                200,
                Instant.parse("2026-01-01T00:00:00.123456Z"),
                3,
                "2026-01-01"),
            new PageFacts("https://api.example.com/b", 206, Instant.EPOCH, 0, null));
  }

  @Test
  void aLogOfTheThirdVersionHasCompressedBlocksBesideOthers() throws Exception {
    restore("v3");
    PageLog log = open(store(directory));

    List<String> expected = new ArrayList<>(List.of("0", "1", "2"));
    Records orders = orders(200);
    for (int i = 0; i < orders.size(); i++) {
      expected.add(new String(orders.bytes(i), StandardCharsets.UTF_8));
    }
    expected.addAll(List.of("203", "204"));
    assertThat(read(log)).isEqualTo(expected);
    assertThat(log.ranges(Place.START, log.end()))
        .extracting(LogRange::block)
        .extracting(block -> block.bytes() < block.length())
        .containsExactly(false, true, false);
    append(log, 2);
    assertThat(read(open(store(directory)))).startsWith("0").endsWith("205", "206");
  }

  /** Records that are worth being compressed. */
  static Records orders(int count) {
    return Records.of(
        IntStream.range(0, count)
            .mapToObj(i -> "{\"id\":%d,\"status\":\"shipped\"}".formatted(i))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList());
  }
}
