package io.reststream.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes one scenario's steps with one reader, and compares what was delivered with the oracle. */
final class ScenarioDriver {

  /** The interval at which readers poll unless the scenario says otherwise. */
  static final Duration INTERVAL = Duration.ofMillis(20);

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int SHOWN = 20;

  private final Scenario scenario;
  private final ScenarioRunner runner;
  private @Nullable FakeApi api;
  private @Nullable ScenarioRun reader;
  private final ScenarioTimes times;
  private String now = "open";

  ScenarioDriver(Scenario scenario, ScenarioRunner runner) {
    this.scenario = scenario;
    this.runner = runner;
    this.times = new ScenarioTimes(() -> reader == null ? runner.now() : reader.now());
  }

  FakeApi api() {
    return Objects.requireNonNull(api);
  }

  ScenarioRun reader() {
    return Objects.requireNonNull(reader);
  }

  void run() {
    try (FakeApi started = FakeApi.start()) {
      api = started;
      scenario.setUp().accept(started);
      Throwable failure = failureOfSteps();
      if (scenario.expectation() instanceof Expectation.Failure expected) {
        compareFailure(expected.withBase(started.url()), failure);
      } else if (failure != null) {
        throw error(failure.toString(), failure);
      }
    }
  }

  /** Starts the reader. */
  void open() throws Exception {
    Map<String, String> options = scenario.optionsFor(api(), times);
    options.putIfAbsent("streamingInterval", INTERVAL.toMillis() + "ms");
    reader = runner.open(scenario, api(), options);
  }

  /** Publishes records. */
  void append(String feed, List<String> records) {
    api().feed(feed).append(records.stream().map(times::fill).toList());
  }

  /** Lets the next request meet a limit. */
  void limit(int status, Map<String, String> headers) {
    Fault.Replaced fault = Fault.status(status);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      fault = fault.header(header.getKey(), times.fill(header.getValue()));
    }
    api().fault(fault);
  }

  /** Lets the reader read what is due by now; what it delivers may only be that. */
  void drain() throws Exception {
    reader().drain(due().size(), LIMIT);
    compare(false);
  }

  private @Nullable Throwable failureOfSteps() {
    try {
      try {
        if (scenario.steps().stream().noneMatch(Step.Open.class::isInstance)) {
          open();
        }
        for (Step step : scenario.steps()) {
          now = step.toString();
          step.take(this);
        }
        now = "close";
      } finally {
        if (reader != null) {
          reader.close();
        }
      }
      now = "the end";
      compare(true);
      return null;
    } catch (Exception | AssertionError e) {
      return e;
    }
  }

  private void compareFailure(Expectation.Failure expected, @Nullable Throwable failure) {
    String text = expected.text();
    if (failure == null) {
      throw error("Expected an error that says '" + text + "', but there was none", null);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (expected.isMetBy(cause.getMessage())) {
        return;
      }
    }
    throw error("Expected an error that says '" + text + "', but came: " + failure, failure);
  }

  private List<String> due() {
    return api().published().stream()
        .filter(scenario.expectation()::isDue)
        .map(FeedRecord::json)
        .toList();
  }

  private void compare(boolean atTheEnd) throws Exception {
    // Asked for in this order: what is published later cannot look like a record out of nowhere.
    List<String> delivered = reader().delivered();
    List<String> due = due();
    List<String> unexpected = without(delivered, due);
    List<String> missing = atTheEnd ? without(due, delivered) : List.of();
    if (!unexpected.isEmpty() || !missing.isEmpty()) {
      throw new AssertionError(
          "missing: %s, delivered but not due, or once too often: %s"
              .formatted(some(missing), some(unexpected)));
    }
  }

  /** What is left of {@code all} without one of each in {@code others}. */
  private static List<String> without(List<String> all, List<String> others) {
    Map<String, Integer> counts = new HashMap<>();
    others.forEach(other -> counts.merge(other, 1, Integer::sum));
    List<String> left = new ArrayList<>();
    for (String one : all) {
      if (counts.merge(one, -1, Integer::sum) < 0) {
        left.add(one);
      }
    }
    return left;
  }

  private AssertionError error(String what, @Nullable Throwable cause) {
    String message =
        "Scenario '%s', at '%s': %s%n  steps: %s%n  requests: %s"
            .formatted(scenario.name(), now, what, scenario.steps(), some(api().requests()));
    return new AssertionError(message, cause);
  }

  private static String some(List<?> values) {
    return values.size() <= SHOWN
        ? values.toString()
        : values.size()
            + " in all, the last of them "
            + values.subList(values.size() - SHOWN, values.size());
  }
}
