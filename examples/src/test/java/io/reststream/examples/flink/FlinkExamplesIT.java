package io.reststream.examples.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.examples.ExampleApi;
import io.reststream.flink.RestSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    assertThat(counts)
        .isNotEmpty()
        .allMatch(line -> line.matches(".*\"event_type\":\"(usual|important)\".*"));
    assertThat(counts.stream().mapToInt(FlinkExamplesIT::events).sum()).isEqualTo(25);
  }

  private static int events(String line) {
    return Integer.parseInt(line.replaceFirst(".*\"events\":(\\d+)}.*", "$1"));
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
    api.append(25);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    DataStream<String> events =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "events").uid("events");
    List<String> received = new ArrayList<>();
    try (CloseableIterator<String> iterator = events.executeAndCollect("example")) {
      while (received.size() < 25) {
        received.add(iterator.next());
      }
      api.append(7);
      while (received.size() < 32) {
        received.add(iterator.next());
      }
    }
    assertThat(received).containsExactlyElementsOf(api.published());
  }
}
