package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.http.JdkTransport;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.ManualClock;
import io.reststream.testkit.Scenario;
import io.reststream.testkit.ScenarioRun;
import io.reststream.testkit.ScenarioRunner;
import io.reststream.testkit.Scenarios;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The table of scenarios, read by a {@link RestStream} on a manual clock. */
@Timeout(300)
class CoreScenariosTest {

  @TestFactory
  Stream<DynamicTest> deliversEachRecordOnce() {
    return everyRow(new Runner(false));
  }

  @TestFactory
  Stream<DynamicTest> deliversEachRecordOnceAlsoWhenRestartedAfterEachRecord() {
    return everyRow(new Runner(true));
  }

  @TestFactory
  Stream<DynamicTest> asksConditionallyWhereNothingCanBeMissed() {
    Map<String, Boolean> rows =
        Map.of(
            "conditional: an events wall with an ETag and X-Poll-Interval", true,
            "conditional: a Last-Modified alone", true,
            "conditional: an offset that stays while ties come", true,
            "conditional: pages, newest first, as declared", true,
            "conditional: a next link in a header, which an ETag does not cover", false,
            "conditional: not by option", false);
    return rows.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(),
                    () -> assertThat(asksConditionally(row.getKey())).isEqualTo(row.getValue())));
  }

  private static boolean asksConditionally(String row) {
    List<FakeApi> apis = new ArrayList<>();
    Scenarios.run(
        Scenarios.named(row),
        (scenario, api, options) -> {
          apis.add(api);
          return new Run(options, false);
        });
    return apis.get(0).requests().stream()
        .flatMap(request -> request.headers().keySet().stream())
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("if-"));
  }

  private static Stream<DynamicTest> everyRow(ScenarioRunner runner) {
    return Scenarios.chosen().stream()
        .map(row -> DynamicTest.dynamicTest(row.name(), () -> Scenarios.run(row, runner)));
  }

  private record Runner(boolean restless) implements ScenarioRunner {
    @Override
    public ScenarioRun open(Scenario scenario, FakeApi api, Map<String, String> options) {
      return new Run(options, restless);
    }

    @Override
    public Instant now() {
      return ManualClock.EPOCH;
    }
  }

  private static final class Run implements ScenarioRun {
    private static final int MOST_WAITS = 1_000;

    private final RestConfig config;
    private final boolean restless;
    private final ManualClock clock = new ManualClock();
    private final List<String> delivered = new ArrayList<>();
    private RestStream stream;
    private int expected;
    private @Nullable Instant enough;
    private final Map<Input, Instant> lastCycles = new HashMap<>();
    private int waits;

    Run(Map<String, String> options, boolean restless) {
      this.config = RestConfig.parse(options, ReadMode.STREAM);
      this.restless = restless;
      this.stream = open();
    }

    private RestStream open() {
      RestPoller poller = new RestPoller(config, new JdkTransport(config.transport()), clock);
      return new RestStream(config, poller, this::await);
    }

    /** Lets the time pass at once; ends the drain when all is delivered and one more cycle ran. */
    private void await(Instant until) {
      if (delivered.size() >= expected) {
        if (enough == null) {
          enough = until;
        } else if (stream.positions().entrySet().stream()
            .allMatch(entry -> wasPolledAgain(entry.getKey(), entry.getValue()))) {
          throw new Drained();
        }
      }
      if (++waits > MOST_WAITS) {
        throw new AssertionError(delivered.size() + " of " + expected + " records: " + delivered);
      }
      clock.advance(Duration.between(clock.instant(), until));
    }

    /** Whether a cycle that began after all was delivered is over. */
    private boolean wasPolledAgain(Input input, Position position) {
      Instant started = position.started();
      if (started == null || started.isBefore(enough)) {
        return false;
      }
      Instant first = lastCycles.computeIfAbsent(input, key -> started);
      return position.betweenCycles() || started.isAfter(first);
    }

    @Override
    public void drain(int expectedCount, Duration limit) {
      expected = expectedCount;
      enough = null;
      lastCycles.clear();
      waits = 0;
      try {
        while (stream.hasNext()) {
          delivered.add(stream.next());
          if (restless) {
            restart();
          }
        }
      } catch (Drained allWasRead) {
        return;
      }
      throw new AssertionError("A stream has no end");
    }

    @Override
    public void restart() {
      String checkpoint = stream.checkpoint();
      stream.close();
      stream = open().from(checkpoint);
    }

    @Override
    public List<String> delivered() {
      return List.copyOf(delivered);
    }

    @Override
    public Instant now() {
      return clock.instant();
    }

    @Override
    public boolean countsExactly() {
      return true;
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  private static final class Drained extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
