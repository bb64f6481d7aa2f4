package io.reststream.examples.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.examples.ExampleApi;
import io.reststream.flink.RestSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FlinkExamplesIT {
  private static final DateTimeFormatter WINDOW =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private final ExampleApi api = ExampleApi.start();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void timestampPolling() throws Exception {
    assertThatItGivesEachEventOnce(TimestampPolling.source(api.url()));
  }

  @Test
  void cursorPagination() throws Exception {
    assertThatItGivesEachEventOnce(CursorPagination.source(api.url()));
  }

  @Test
  void incrementalId() throws Exception {
    assertThatItGivesEachEventOnce(IncrementalId.source(api.url()));
  }

  @Test
  void windowsInSql(@TempDir Path output) throws Exception {
    api.append(25);

    WindowsInSql.run(api.url(), output);

    List<String> counts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        counts.addAll(Files.readAllLines(file));
      }
    }
    assertThat(counts).containsExactlyInAnyOrderElementsOf(expectedCounts());
  }

  /** A line for each window of ten seconds, in the session's time, and each kind of event. */
  private List<String> expectedCounts() {
    Pattern event = Pattern.compile("\"timestamp\":(\\d+).*\"event_type\":\"(\\w+)\"");
    return api.published().stream()
        .map(event::matcher)
        .filter(Matcher::find)
        .collect(
            Collectors.groupingBy(
                found ->
                    "{\"window_start\":\"%s\",\"event_type\":\"%s\",\"events\":"
                        .formatted(
                            WINDOW.format(
                                Instant.ofEpochSecond(Long.parseLong(found.group(1)) / 10 * 10)),
                            found.group(2)),
                Collectors.counting()))
        .entrySet()
        .stream()
        .map(count -> count.getKey() + count.getValue() + "}")
        .toList();
  }

  @Test
  void lookupJoin() throws Exception {
    TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> orders = LookupJoin.join(env, api.url(), 12).execute().collect()) {
      orders.forEachRemaining(rows::add);
    }

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, 12).mapToObj(id -> Row.of(id, "user " + id % 5)).toList());
  }

  private void assertThatItGivesEachEventOnce(RestSource<String> source) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    DataStream<String> events =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "events").uid("events");
    List<String> received = new ArrayList<>();
    api.append(25);
    try (CloseableIterator<String> iterator = events.executeAndCollect("example")) {
      // Whatever a later answer repeated would stand before what is new in it.
      for (int more : List.of(7, 1, 1, 0)) {
        int published = api.published().size();
        while (received.size() < published) {
          received.add(iterator.next());
        }
        api.append(more);
      }
    }
    assertThat(received).containsExactlyElementsOf(api.published());
  }
}
