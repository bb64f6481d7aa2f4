package io.reststream.examples.flink;

import io.reststream.core.config.OffsetType;
import io.reststream.examples.ExampleApi;
import io.reststream.flink.RestSource;
import io.reststream.flink.deserializer.RestDeserializer;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Asks for what follows the largest id. */
public final class IncrementalId {
  private IncrementalId() {}

  /** The events, as they come. */
  public static RestSource<String> source(String api) {
    return RestSource.<String>builder()
        .url(api + "/items?start_id={id}")
        .offsetType(OffsetType.INCREMENTAL)
        .offsetField("id")
        .initialOffset("0")
        .streamingInterval(Duration.ofSeconds(1))
        .deserializer(RestDeserializer.string())
        .build();
  }

  /** Prints the events of an API that grows, until it is stopped. */
  public static void main(String[] args) throws Exception {
    try (ExampleApi api = ExampleApi.growing()) {
      StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
      env.enableCheckpointing(1_000);
      env.fromSource(source(api.url()), WatermarkStrategy.noWatermarks(), "events")
          .uid("events")
          .print();
      var unused = env.execute("ascending ids");
    }
  }
}
