package io.reststream.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.core.http.TransportClosedException;
import io.reststream.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Pollers that ask in the name of one job. */
class SharedAllowancesTest {
  private static final String URL = "http://api.test/{n}";

  private final ManualClock clock = new ManualClock();
  private final SharedAllowances shared = new SharedAllowances();
  private final List<CompletableFuture<RestResponse>> underWay = new ArrayList<>();

  private RestPoller poller(String... options) {
    Map<String, String> all = new TreeMap<>(Map.of("url", URL, "inputData", "[{\"n\":1}]"));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return RestPoller.joined(
        RestConfig.parse(all, ReadMode.BATCH), new Transported(), clock, shared);
  }

  /** Sends nothing: tests complete what is under way. */
  private final class Transported implements Transport {
    private final List<CompletableFuture<RestResponse>> own = new ArrayList<>();

    @Override
    public CompletableFuture<RestResponse> send(RestRequest request) {
      CompletableFuture<RestResponse> answer = new CompletableFuture<>();
      own.add(answer);
      underWay.add(answer);
      return answer;
    }

    @Override
    public void close() {
      own.forEach(answer -> answer.completeExceptionally(new TransportClosedException()));
    }
  }

  private static CompletableFuture<Polled> poll(RestPoller poller) {
    return poller.poll(Input.of(Map.of("n", 1)), poller.start());
  }

  private void answer(int request, int status, Map<String, List<String>> headers) {
    underWay.get(request).complete(new RestResponse(status, headers, "[]".getBytes(UTF_8)));
  }

  private void assertWaits(CompletableFuture<Polled> polled, Duration time, String why) {
    assertThat(polled).isCompletedWithValue(new Wait(clock.instant().plus(time), why));
  }

  private void assertWaits(CompletableFuture<Polled> polled, Duration time) {
    assertWaits(polled, time, "the limit 'requestsPerSecond'");
  }

  @Test
  void theTurnsOfARateAreGivenToAllInOneRow() {
    RestPoller one = poller("requestsPerSecond", "1");
    RestPoller other = poller("requestsPerSecond", "1");

    CompletableFuture<Polled> first = poll(one);
    assertThat(underWay).hasSize(1);
    assertThat(first).isNotDone();
    assertWaits(poll(other), Duration.ofSeconds(1));
    assertWaits(poll(one), Duration.ofSeconds(2));
    clock.advance(Duration.ofSeconds(1));
    CompletableFuture<Polled> second = poll(other);
    assertThat(underWay).hasSize(2);
    assertThat(second).isNotDone();
  }

  @Test
  void aPartOfTheRateIsThatOfAllWhoShareIt() {
    RestPoller one = poller("requestsPerSecond", "1");
    RestPoller other = poller("requestsPerSecond", "1");
    one.share(3);
    other.share(3);

    CompletableFuture<Polled> first = poll(one);
    assertThat(first).isNotDone();
    assertWaits(poll(other), Duration.ofSeconds(3));
  }

  @Test
  void whoComesLaterGoesOnAfterTheLastRequestAndNotAfterTurnsThatNobodyUsed() {
    RestPoller first = poller("requestsPerSecond", "1");
    CompletableFuture<Polled> asked = poll(first);
    assertThat(asked).isNotDone();
    for (int i = 1; i <= 5; i++) {
      assertWaits(
          first.poll(Input.of(Map.of("n", 1)).copy(i), first.start()), Duration.ofSeconds(i));
    }
    first.close();

    RestPoller next = poller("requestsPerSecond", "1");
    assertWaits(poll(next), Duration.ofSeconds(1));
    next.close();
    next.close(); // a second time leaves nothing a second time
    RestPoller waiting = poller("requestsPerSecond", "1");
    assertThat(shared.size()).isEqualTo(1);
    clock.advance(Duration.ofMillis(999));
    assertWaits(poll(waiting), Duration.ofMillis(1));
  }

  @Test
  void aPauseIsForAllAndForThoseWhoComeLater() {
    RestPoller one = poller();
    RestPoller other = poller();
    CompletableFuture<Polled> refused = poll(one);
    answer(0, 429, Map.of("Retry-After", List.of("60")));
    assertThat(refused.join()).isInstanceOf(Wait.class);

    String why = "the API asked for a pause: status 429";
    assertWaits(poll(other), Duration.ofSeconds(60), why);
    one.close();
    other.close();
    clock.advance(Duration.ofSeconds(59));
    assertWaits(poll(poller()), Duration.ofSeconds(1), why);
  }

  @Test
  void requestsAtATimeAreCountedForAllAndThoseOfAPollerThatIsClosedAreOver() {
    RestPoller one = poller("maxConcurrentRequests", "1");
    RestPoller other = poller("maxConcurrentRequests", "1");
    CompletableFuture<Polled> running = poll(one);
    CompletableFuture<Polled> queued = poll(other);
    assertThat(underWay).hasSize(1);

    one.close();

    assertThatThrownBy(running::join)
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("The poller is closed.");
    assertThat(underWay).hasSize(2);
    answer(1, 200, Map.of());
    assertThat(queued.join()).isInstanceOf(Page.class);

    CompletableFuture<Polled> cancelled = poll(other);
    CompletableFuture<Polled> next = other.poll(Input.of(Map.of("n", 2)), other.start());
    assertThat(underWay).hasSize(3);
    cancelled.cancel(true);
    assertThatThrownBy(cancelled::join).isInstanceOf(CancellationException.class);
    assertThat(underWay).hasSize(4);
    answer(3, 200, Map.of());
    assertThat(next.join()).isInstanceOf(Page.class);
  }

  @Test
  void otherOptionsAreAnotherJobAndWhatIsOverIsForgotten() {
    RestPoller slow = poller("requestsPerSecond", "1");
    RestPoller fast = poller("requestsPerSecond", "2");
    assertThat(poll(slow)).isNotDone();
    assertThat(poll(fast)).isNotDone();
    assertThat(underWay).hasSize(2);
    assertThat(shared.size()).isEqualTo(2);

    slow.close();
    fast.close();
    clock.advance(Duration.ofMillis(500));
    RestPoller third = poller("requestsPerSecond", "3");
    assertThat(shared.size()).as("fast is over").isEqualTo(2);
    third.close();
    clock.advance(Duration.ofMillis(500));
    RestPoller last = poller();
    assertThat(shared.size()).isEqualTo(1);
    last.close();
  }

  @Test
  void aPollerThatCannotBeOpenedLeavesNothingBehind() {
    Map<String, String> options =
        Map.of("url", "http://api.test/x", "authType", "Custom", "authClass", "com.example.Gone");
    RestConfig config = RestConfig.parse(options, ReadMode.BATCH);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> RestPoller.joined(config, new Transported(), clock, shared))
          .hasStackTraceContaining(
              "names the class 'com.example.Gone', which is not on the class path");
    }
    RestPoller other = poller();
    assertThat(shared.size()).isEqualTo(1);
    other.close();
  }
}
