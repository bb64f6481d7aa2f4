package io.reststream.flink;

import io.reststream.testkit.Expectation;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Scenario;
import io.reststream.testkit.ScenarioRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A scenario's run as a job on {@link MiniFlink}. */
final class FlinkRun implements ScenarioRun {
  private static final int PARALLELISM = 2;

  /** What the records are read by. */
  @FunctionalInterface
  interface Reading {
    DataStream<String> read(StreamExecutionEnvironment environment, Map<String, String> options);
  }

  private final Reading reading;
  private final Path savepoints;
  private final MiniFlink.Running flink;
  private final FakeApi api;
  private final Map<String, String> options;
  private final Received<String> received = new Received<>();
  private Job job;

  FlinkRun(
      Reading reading,
      MiniFlink.Running flink,
      Path savepoints,
      FakeApi api,
      Scenario row,
      Map<String, String> options)
      throws Exception {
    this.reading = reading;
    this.savepoints = savepoints;
    this.flink = flink;
    this.api = api;
    this.options = failingAtOnce(row, options);
    this.job = start(flink.environment(PARALLELISM));
  }

  /** A retry is a poll too: behind an error that is retried, nobody could tell it from success. */
  private static Map<String, String> failingAtOnce(Scenario row, Map<String, String> options) {
    Map<String, String> own = new LinkedHashMap<>(options);
    if (row.expectation() instanceof Expectation.Failure) {
      own.putIfAbsent("maxRetries", "0");
    }
    return own;
  }

  private Job start(StreamExecutionEnvironment environment) throws Exception {
    received.from(reading.read(environment, options));
    return Job.start(environment);
  }

  @Override
  public void drain(int expectedCount, Duration limit) throws Exception {
    var unused = received.await(expectedCount, limit, job);
    awaitReadToTheEnd(limit);
  }

  /**
   * Two whole reads, and the beginning of a third: only then was the second one's answer looked at.
   * A failure of the job is what it fails with, not that the API is no longer asked.
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
