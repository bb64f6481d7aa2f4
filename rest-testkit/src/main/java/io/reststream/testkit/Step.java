package io.reststream.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Something that happens in a scenario. */
public sealed interface Step {

  /** Makes it happen. */
  void take(ScenarioDriver driver) throws Exception;

  /** The API publishes records. */
  record Append(String feed, List<String> records) implements Step {
    @Override
    public void take(ScenarioDriver driver) {
      driver.append(feed, records);
    }

    @Override
    public String toString() {
      return "append " + records + (feed.isEmpty() ? "" : " to " + feed);
    }
  }

  /** The reader starts; without this step it does before all others. */
  record Open() implements Step {
    @Override
    public void take(ScenarioDriver driver) throws Exception {
      driver.open();
    }

    @Override
    public String toString() {
      return "open";
    }
  }

  /** The reader reads what the API has published so far, and polls again after that. */
  record Drain() implements Step {
    @Override
    public void take(ScenarioDriver driver) throws Exception {
      driver.drain();
    }

    @Override
    public String toString() {
      return "drain";
    }
  }

  /** The reader stops and resumes from its saved state. */
  record Restart() implements Step {
    @Override
    public void take(ScenarioDriver driver) throws Exception {
      driver.reader().restart();
    }

    @Override
    public String toString() {
      return "restart";
    }
  }

  /** The next requests meet these faults. */
  record Faults(List<Fault> faults) implements Step {
    @Override
    public void take(ScenarioDriver driver) {
      driver.api().fault(faults.toArray(Fault[]::new));
    }

    @Override
    public String toString() {
      return "fault " + faults;
    }
  }

  /**
   * The next request is told that there were too many, and when to come again.
   *
   * @param headers names and values, in which times may stand
   */
  record Limited(int status, Map<String, String> headers) implements Step {
    @Override
    public void take(ScenarioDriver driver) {
      driver.limit(status, headers);
    }

    @Override
    public String toString() {
      return "limit " + status + " " + headers;
    }
  }

  /**
   * The reader polls on without anything new, and asks no more often than its interval allows.
   *
   * @param polls how many times at least
   */
  record Idle(int polls) implements Step {
    @Override
    public void take(ScenarioDriver driver) throws Exception {
      int before = driver.api().requests().size();
      Instant start = driver.reader().now();
      for (int i = 0; i < polls; i++) {
        driver.drain();
      }
      Duration passed = Duration.between(start, driver.reader().now());
      int came = driver.api().requests().size() - before;
      long allowed = passed.dividedBy(ScenarioDriver.INTERVAL) + 2;
      if (came < polls || came > allowed) {
        throw new AssertionError(
            "Expected from %d to %d requests in %s, but %d came"
                .formatted(polls, allowed, passed, came));
      }
    }

    @Override
    public String toString() {
      return "idle for " + polls + " polls";
    }
  }

  /**
   * The reader drains with no wasted request.
   *
   * @param needed how many requests it takes to read what is new
   * @param idle how many each cycle after that takes
   */
  record Frugal(int needed, int idle) implements Step {
    @Override
    public void take(ScenarioDriver driver) throws Exception {
      int before = driver.api().requests().size();
      Instant start = driver.reader().now();
      driver.drain();
      Duration passed = Duration.between(start, driver.reader().now());
      int came = driver.api().requests().size() - before;
      long cycles = passed.dividedBy(ScenarioDriver.INTERVAL);
      // A reader on a real clock may have begun a cycle before, and another one since.
      boolean exactly = driver.reader().countsExactly();
      long allowed = needed + idle * (exactly ? cycles : cycles + 2);
      long least = exactly ? allowed : needed;
      if (came < least || came > allowed) {
        throw new AssertionError(
            "Expected from %d to %d requests in %s, but %d came"
                .formatted(least, allowed, passed, came));
      }
    }

    @Override
    public String toString() {
      return "drain with %d requests, then %d a cycle".formatted(needed, idle);
    }
  }

  /** Anything else that a test does to the API. */
  record Run(Consumer<FakeApi> action) implements Step {
    @Override
    public void take(ScenarioDriver driver) {
      action.accept(driver.api());
    }

    @Override
    public String toString() {
      return "run";
    }
  }
}
