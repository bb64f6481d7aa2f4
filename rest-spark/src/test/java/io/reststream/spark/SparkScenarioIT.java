package io.reststream.spark;

import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Scenario;
import io.reststream.testkit.ScenarioRun;
import io.reststream.testkit.Scenarios;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table of scenarios, with Spark as the reader. */
class SparkScenarioIT {
  @TempDir Path checkpoint;

  static Stream<Scenario> scenarios() {
    return Scenarios.chosen().stream();
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("scenarios")
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void delivers(Scenario scenario) {
    scenario.run((row, api, options) -> new SparkRun(api, options));
  }

  private final class SparkRun implements ScenarioRun {
    private final FakeApi api;
    private final Map<String, String> options;
    private final Batches batches = new Batches();
    private StreamingQuery query;

    SparkRun(FakeApi api, Map<String, String> options) throws Exception {
      this.api = api;
      this.options = options;
      this.query = start();
    }

    private StreamingQuery start() throws Exception {
      return batches.of(LocalSpark.stream(options), checkpoint).start();
    }

    @Override
    public void drain(int expectedCount, Duration limit) throws Exception {
      batches.await(expectedCount, query, limit);
      awaitReadToTheEnd(limit);
      query.processAllAvailable();
    }

    /**
     * Two whole reads, and the beginning of a third: only then was the second one's answer looked
     * at. A failure of the query is what it fails with, not that the API is no longer asked.
     */
    private void awaitReadToTheEnd(Duration limit) throws Exception {
      for (Duration wait = Duration.ofMillis(250); ; wait = wait.multipliedBy(2)) {
        try {
          api.awaitReadToTheEnd(3, wait);
          return;
        } catch (AssertionError notYet) {
          Batches.throwFailure(query);
          if (wait.compareTo(limit) > 0) {
            throw notYet;
          }
        }
      }
    }

    @Override
    public void restart() throws Exception {
      query.stop();
      query = start();
    }

    @Override
    public List<String> delivered() {
      return batches.all();
    }

    @Override
    public void close() throws Exception {
      query.stop();
    }
  }
}
