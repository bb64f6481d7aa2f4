package io.reststream.flink;

import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.testkit.Scenario;
import io.reststream.testkit.Scenarios;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table of scenarios, with Flink as the reader. */
@Tag("smoke")
@ExtendWith(MiniFlink.class)
class FlinkScenarioIT {
  @TempDir Path savepoints;

  static Stream<Scenario> scenarios() {
    return Scenarios.chosen().stream();
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("scenarios")
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void delivers(Scenario scenario, MiniFlink.Running flink) {
    scenario.run(
        (row, api, options) ->
            new FlinkRun(FlinkScenarioIT::read, flink, savepoints, api, row, options));
  }

  private static DataStream<String> read(
      StreamExecutionEnvironment environment, Map<String, String> options) {
    RestSource<String> source =
        RestSource.<String>builder()
            .options(options)
            .deserializer(RestDeserializer.string())
            .build();
    return environment.fromSource(source, WatermarkStrategy.noWatermarks(), "rest").uid("rest");
  }
}
