package io.reststream.flink;

import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.testkit.Expectation;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Scenario;
import io.reststream.testkit.ScenarioRun;
import io.reststream.testkit.Scenarios;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table of scenarios, with Flink as the reader. */
@ExtendWith(MiniFlink.class)
class FlinkScenarioIT {
  private static final int PARALLELISM = 2;

  @TempDir Path savepoints;

  static Stream<Scenario> scenarios() {
    return Scenarios.chosen().stream();
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("scenarios")
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void delivers(Scenario scenario, MiniFlink.Running flink) {
    scenario.run((row, api, options) -> new FlinkRun(flink, api, failingAtOnce(row, options)));
  }

  /** A retry is a poll too: behind an error that is retried, nobody could tell it from success. */
  private static Map<String, String> failingAtOnce(Scenario row, Map<String, String> options) {
    Map<String, String> own = new LinkedHashMap<>(options);
    if (row.expectation() instanceof Expectation.Failure) {
      own.putIfAbsent("maxRetries", "0");
    }
    return own;
  }

  private final class FlinkRun implements ScenarioRun {
    private final MiniFlink.Running flink;
    private final FakeApi api;
    private final Map<String, String> options;
    private final Received<String> received = new Received<>();
    private Job job;

    FlinkRun(MiniFlink.Running flink, FakeApi api, Map<String, String> options) throws Exception {
      this.flink = flink;
      this.api = api;
      this.options = options;
      this.job = start(flink.environment(PARALLELISM));
    }

    private Job start(StreamExecutionEnvironment environment) throws Exception {
      RestSource<String> source =
          RestSource.<String>builder()
              .options(options)
              .deserializer(RestDeserializer.string())
              .build();
      received.from(
          environment.fromSource(source, WatermarkStrategy.noWatermarks(), "rest").uid("rest"));
      return Job.start(environment);
    }

    @Override
    public void drain(int expectedCount, Duration limit) throws Exception {
      var unused = received.await(expectedCount, limit, job);
      awaitReadToTheEnd(limit);
    }

    /**
     * Two whole reads, and the beginning of a third: only then was the second one's answer looked
     * at. A failure of the job is what it fails with, not that the API is no longer asked.
     */
    private void awaitReadToTheEnd(Duration limit) throws Exception {
      for (Duration wait = Duration.ofMillis(250); ; wait = wait.multipliedBy(2)) {
        try {
          api.awaitReadToTheEnd(3, wait);
          return;
        } catch (AssertionError notYet) {
          job.throwFailure();
          if (wait.compareTo(limit) > 0) {
            throw notYet;
          }
        }
      }
    }

    @Override
    public void restart() throws Exception {
      job = start(flink.restored(PARALLELISM, job.stop(savepoints)));
    }

    @Override
    public List<String> delivered() {
      return received.values();
    }

    @Override
    public void close() throws Exception {
      job.close();
    }
  }
}
