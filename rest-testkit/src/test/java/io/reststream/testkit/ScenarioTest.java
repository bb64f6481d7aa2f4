package io.reststream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A scenario must fail when its reader does. */
@Timeout(60)
class ScenarioTest {

  /** Reads from the oracle itself, and may be told to do it wrongly. */
  private static class Reader implements ScenarioRun {
    final FakeApi api;
    final List<String> delivered = new ArrayList<>();
    boolean closed;

    Reader(FakeApi api) {
      this.api = api;
    }

    @Override
    public void drain(int expectedCount, Duration limit) throws Exception {
      List<String> all = FeedRecord.texts(api.published());
      delivered.addAll(all.subList(delivered.size(), all.size()));
    }

    @Override
    public void restart() throws Exception {}

    @Override
    public List<String> delivered() {
      return delivered;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static ScenarioBuilder row() {
    return Scenario.named("row").options("url", "{base}/log").at(1).drain().restart().at(2).drain();
  }

  @Test
  void fillsInTheAddressAndAShortInterval() {
    row()
        .build()
        .run(
            (scenario, api, options) -> {
              assertThat(options)
                  .isEqualTo(Map.of("url", api.url("/log"), "streamingInterval", "20ms"));
              return new Reader(api);
            });
  }

  @Test
  void failsWhenARecordIsMissing() {
    ScenarioRunner forgetful =
        (scenario, api, options) ->
            new Reader(api) {
              @Override
              public List<String> delivered() {
                return super.delivered().stream().filter(r -> !r.contains("\"ts\":2")).toList();
              }
            };
    assertThatThrownBy(() -> row().build().run(forgetful))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Scenario 'row', at 'the end': ")
        .hasMessageContaining("missing: [{\"id\":2,\"ts\":2}]");
  }

  @Test
  void failsWhenARecordComesTwiceOrUnasked() {
    ScenarioRunner repeating =
        (scenario, api, options) ->
            new Reader(api) {
              @Override
              public void restart() {
                delivered.clear();
                delivered.addAll(List.of("{\"id\":1,\"ts\":1}", "{\"id\":1,\"ts\":1}"));
              }
            };
    String twice = "delivered but not due, or once too often: [{\"id\":1,\"ts\":1}]";
    assertThatThrownBy(() -> row().build().run(repeating))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Scenario 'row', at 'drain': ")
        .hasMessageContaining(twice);
    assertThatThrownBy(
            () -> row().expect(r -> r.number() == 2).build().run((s, api, o) -> new Reader(api)))
        .hasMessageContaining(twice);
  }

  @Test
  void closesTheReaderWhenAStepFails() {
    List<Reader> readers = new ArrayList<>();
    ScenarioRunner failing =
        (scenario, api, options) -> {
          readers.add(
              new Reader(api) {
                @Override
                public void restart() throws Exception {
                  throw new Exception("wrapped", new IllegalStateException("no checkpoint"));
                }
              });
          return readers.get(0);
        };
    assertThatThrownBy(() -> row().build().run(failing))
        .hasMessageStartingWith("Scenario 'row', at 'restart': ")
        .hasRootCauseMessage("no checkpoint");
    assertThat(readers.get(0).closed).isTrue();
    assertThatCode(() -> row().expectFailure("no checkpoint").build().run(failing))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> row().expectFailure("no url").build().run(failing))
        .hasMessageContaining("Expected an error that says 'no url', but came: ");
  }

  @Test
  void failsWhenAnErrorDoesNotSayExactlyWhatItMust() {
    ScenarioRunner failing =
        (scenario, api, options) -> {
          throw new IllegalStateException("no " + api.url());
        };
    assertThatCode(() -> row().expectMessage("no {base}").build().run(failing))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> row().expectMessage("{base}").build().run(failing))
        .hasMessageContaining("Expected an error that says 'http://127.0.0.1:");
  }

  @Test
  void failsWhenAnExpectedErrorDoesNotCome() {
    assertThatThrownBy(
            () -> row().expectFailure("no url").build().run((s, api, o) -> new Reader(api)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expected an error that says 'no url', but there was none");
  }

  @Test
  void failsWhenAnIdleReaderAsksTooOftenOrNotAtAll() {
    assertThatThrownBy(() -> idle(0)).hasMessageContaining("Expected from 2 to 2 requests");
    assertThatCode(() -> idle(1)).doesNotThrowAnyException();
    assertThatThrownBy(() -> idle(2)).hasMessageContaining("but 4 came");
  }

  private static void idle(int requestsPerPoll) {
    ManualClock clock = new ManualClock();
    ScenarioRunner runner =
        (scenario, api, options) ->
            new Reader(api) {
              @Override
              public void drain(int expectedCount, Duration limit) throws Exception {
                for (int i = 0; i < requestsPerPoll; i++) {
                  Http.get(api.url("/log"));
                }
              }

              @Override
              public Instant now() {
                return clock.instant();
              }
            };
    Scenario.named("idle").serve(Endpoint.at("/log")).idle(2).build().run(runner);
  }
}
