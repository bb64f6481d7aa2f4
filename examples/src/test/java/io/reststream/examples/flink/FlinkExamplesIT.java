package io.reststream.examples.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.examples.ExampleApi;
import io.reststream.flink.RestSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
