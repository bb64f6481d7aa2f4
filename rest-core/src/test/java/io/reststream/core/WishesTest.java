package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.Options;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What an API asks for beside records: to come again, to be left alone, to start over. */
class WishesTest {
  private static final String URL = "http://api.test/feed?n={n}&since={offset}";
  private static final Input ONE = Input.parse("{\"n\":1}");
  private static final Input TWO = Input.parse("{\"n\":2}");

  private final ManualClock clock = new ManualClock();
  private final Queue<RestResponse> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<CompletableFuture<RestResponse>> open = new ArrayList<>();

  private final class Scripted implements Transport {
    @Override
    public CompletableFuture<RestResponse> send(RestRequest request) {
      asked.add(request.uri().getRawQuery());
      RestResponse answer = answers.poll();
      if (answer != null) {
        return CompletableFuture.completedFuture(answer);
      }
      CompletableFuture<RestResponse> later = new CompletableFuture<>();
      open.add(later);
      return later;
    }

    @Override
    public void close() {
      open.forEach(one -> one.completeExceptionally(new java.io.IOException("closed")));
    }
  }

  private RestPoller poller(String... more) {
    Map<String, String> options =
        Options.of(
            "url", URL,
            "inputData", "[{\"n\":1},{\"n\":2}]",
            "offsetType", "max_field",
            "offsetField", "ts",
            "streamingInterval", "0");
    options.putAll(Options.of(more));
    return new RestPoller(
        RestConfig.parse(options, ReadMode.STREAM), new Scripted(), clock, () -> 0.5);
  }

  private static RestResponse answer(int status, String body, String... headers) {
    Map<String, List<String>> all = new TreeMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], List.of(headers[i + 1]));
    }
    return new RestResponse(status, all, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String records(int... times) {
    List<String> records = new ArrayList<>();
    for (int time : times) {
      records.add("{\"ts\":" + time + "}");
    }
    return "{\"data\":" + records + "}";
  }

  private Polled poll(RestPoller poller, Input input, Position position, RestResponse answer) {
    answers.add(answer);
    return poll(poller, input, position);
  }

  private static Polled poll(RestPoller poller, Input input, Position position) {
    try {
      return poller.poll(input, position).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RestException known ? known : e;
    }
  }

  private Page page(RestPoller poller, Position position, RestResponse answer) {
    return (Page) poll(poller, ONE, position, answer);
  }

  private Wait in(long seconds, String why) {
    return new Wait(clock.instant().plusSeconds(seconds), why);
  }

  // retries

  @Test
  void streamThatIsToldToComeAgainForWeeksGoesOn() {
    RestPoller poller = poller("maxRetries", "2");
    RestResponse inAnHour = answer(429, "", "Retry-After", "3600");
    for (int hours = 0; hours < 24 * 21; hours++) {
      assertThat(poll(poller, ONE, poller.start(), inAnHour))
          .isEqualTo(in(3600, "the API says when to come again: status 429"));
      clock.advance(Duration.ofHours(1));
    }
    for (int retry = 1; retry <= 2; retry++) {
      assertThat(poll(poller, ONE, poller.start(), answer(429, "", "Retry-After", "soon")))
          .isInstanceOfSatisfying(
              Wait.class, wait -> assertThat(wait.why()).endsWith(" of 2: status 429"));
      clock.advance(Duration.ofSeconds(60));
    }
    assertThatThrownBy(() -> poll(poller, ONE, poller.start(), answer(429, "no")))
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "After 507 attempts in 504h 2m: GET http://api.test/feed?n=1&since=0 was answered with"
                + " status 429: no");
  }

  @Test
  void a403IsRetriedWhereALimitIsUsedUp() {
    RestPoller poller = poller();
    String reset = Long.toString(clock.instant().plusSeconds(900).getEpochSecond());
    RestResponse limited =
        answer(403, "", "x-ratelimit-remaining", "0", "x-ratelimit-reset", reset);
    assertThat(poll(poller, ONE, poller.start(), limited))
        .isEqualTo(in(900, "the API says when to come again: status 403"));
    clock.advance(Duration.ofSeconds(900));
    assertThatThrownBy(
            () ->
                poll(
                    poller,
                    ONE,
                    poller.start(),
                    answer(403, "no", "x-ratelimit-remaining", "9", "x-ratelimit-reset", "60")))
        .isInstanceOf(RequestException.class)
        .hasMessageEndingWith("was answered with status 403: no");
  }

  @Test
  void successThatSaysItIsAnErrorIsRetriedAndThenShown() {
    RestPoller poller = poller("errorWhen", "ok=false", "maxRetries", "1", "keyField", "ts");
    String body = "{\"ok\":false,\"error\":\"ratelimited\"}";
    Wait wait = (Wait) poll(poller, ONE, poller.start(), answer(200, body));
    assertThat(wait.why()).isEqualTo("retry 1 of 1: the answer is an error by 'ok=false'");
    clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(() -> poll(poller, ONE, poller.start(), answer(200, body)))
        .isInstanceOf(ResponseException.class)
        .hasMessage(
            "After 2 attempts in 1s: The answer of GET http://api.test/feed?n=1&since=0 is an error"
                + " by the condition 'ok=false' (option 'errorWhen'):"
                + " {\"ok\":false,\"error\":\"ratelimited\"}");
    assertThat(poll(poller, ONE, poller.start(), answer(200, body, "Retry-After", "7")))
        .isEqualTo(in(7, "the API says when to come again: the answer is an error by 'ok=false'"));
  }

  // statuses

  @Test
  void ignoredStatusIsAPageWithoutRecordsThatEndsTheCycle() {
    RestPoller poller = poller("ignoreStatuses", "404", "streamingInterval", "10");
    Page page = page(poller, poller.start(), answer(404, "{\"error\":\"nothing yet\"}"));
    assertThat(page.records().size()).isZero();
    assertThat(page.next().betweenCycles()).isTrue();
    assertThat(page.info().status()).isEqualTo(404);
    assertThat(page.warnings()).isEmpty();
    assertThat(poll(poller, ONE, page.next())).isEqualTo(in(10, "the next cycle is not due"));
    assertThat(poller.counters().failures()).isZero();
    clock.advance(Duration.ofSeconds(10));
    assertThat(page(poller, page.next(), answer(200, records(1))).records().size()).isEqualTo(1);
  }

  @Test
  void ignoredStatusDoesNotEndACycleInItsMiddle() {
    RestPoller poller =
        poller("ignoreStatuses", "404", "pagination", "nextUrl", "nextField", "next");
    String newest = "{\"data\":[{\"ts\":9}],\"next\":\"?page=2\"}";
    Page first = page(poller, poller.start(), answer(200, newest));
    Page refused = page(poller, first.next(), answer(404, ""));
    assertThat(refused.next().betweenCycles()).isFalse();
    assertThat(refused.warnings()).hasSize(1);
    page(poller, refused.next(), answer(200, newest));
    assertThat(asked).containsExactly("n=1&since=0", "page=2", "n=1&since=0");
  }

  @Test
  void namedStatusOfAPageTokenIsWhatTheOptionsSay() {
    RestPoller poller =
        poller("statusActions", "404:retry,410:fail", "pagination", "nextUrl", "nextField", "next");
    Page first =
        page(poller, poller.start(), answer(200, "{\"data\":[{\"ts\":9}],\"next\":\"?page=2\"}"));
    assertThat(poll(poller, ONE, first.next(), answer(404, ""))).isInstanceOf(Wait.class);
    clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(() -> poll(poller, ONE, first.next(), answer(410, "gone")))
        .isInstanceOf(RequestException.class)
        .hasMessageEndingWith("was answered with status 410: gone");
  }

  @Test
  void expiredCursorStartsAgainAndWhatIsRecognisedDoesNotComeTwice() {
    RestPoller poller =
        poller(
            "statusActions", "410:reset",
            "offsetType", "cursor",
            "offsetField", "next",
            "initialOffset", "start",
            "streamingInterval", "10");
    Page first = page(poller, poller.start(), answer(200, "{\"data\":[1,2],\"next\":\"c1\"}"));
    Page tail = page(poller, first.next(), answer(200, "{\"data\":[3],\"next\":null}"));
    assertThat(tail.records().texts()).containsExactly("3");
    clock.advance(Duration.ofSeconds(10));
    Page reset = page(poller, tail.next(), answer(410, "too old"));
    assertThat(reset.records().size()).isZero();
    assertThat(reset.warnings())
        .containsExactly(
            "GET http://api.test/feed?n=1&since=c1 was answered with status 410: the offset has"
                + " expired, the stream starts again from 'initialOffset'");
    assertThat(poll(poller, ONE, reset.next())).isEqualTo(in(10, "the cycle begins again"));
    clock.advance(Duration.ofSeconds(10));
    Position restored = Position.parse(reset.next().json());
    Page again = page(poller, restored, answer(200, "{\"data\":[3,4],\"next\":\"c2\"}"));
    assertThat(again.records().texts()).containsExactly("4");
    assertThat(asked.get(asked.size() - 1)).isEqualTo("n=1&since=start");
  }

  @Test
  void initialOffsetThatHasExpiredIsAnError() {
    RestPoller poller = poller("statusActions", "410:reset");
    assertThatThrownBy(() -> poll(poller, ONE, poller.start(), answer(410, "too old")))
        .isInstanceOf(RequestException.class)
        .hasMessage("GET http://api.test/feed?n=1&since=0 was answered with status 410: too old");
  }

  // pauses

  @Test
  void limitThatASuccessUsedUpHoldsUpAllInputs() {
    RestPoller poller = poller();
    List<Instant> told = new ArrayList<>();
    poller.onPause(told::add);
    page(
        poller,
        poller.start(),
        answer(200, records(1), "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "60"));
    Wait pause = in(60, "the API's limit is used up");
    assertThat(poll(poller, ONE, poller.start())).isEqualTo(pause);
    assertThat(poll(poller, TWO, poller.start())).isEqualTo(pause);
    assertThat(told).containsExactly(pause.until());
    assertThat(poller.pausedUntil()).isEqualTo(pause.until());
    clock.advance(Duration.ofSeconds(60));
    assertThat(poll(poller, TWO, poller.start(), answer(200, records(1)))).isInstanceOf(Page.class);
  }

  @Test
  void a429HoldsUpAllInputs() {
    RestPoller poller = poller();
    List<Instant> told = new ArrayList<>();
    poller.onPause(told::add);
    poll(poller, ONE, poller.start(), answer(429, "", "Retry-After", "60"));
    assertThat(poll(poller, TWO, poller.start()))
        .isEqualTo(in(60, "the API asked for a pause: status 429"));
    assertThat(told).containsExactly(clock.instant().plusSeconds(60));
    clock.advance(Duration.ofSeconds(60));
    poll(poller, ONE, poller.start(), answer(503, ""));
    assertThat(poll(poller, TWO, poller.start(), answer(200, records(1))))
        .as("a fault of one input")
        .isInstanceOf(Page.class);
  }

  @Test
  void pauseFromOutsideIsNotToldBackAndNeverShortened() {
    RestPoller poller = poller();
    List<Instant> told = new ArrayList<>();
    poller.onPause(told::add);
    poller.pauseUntil(clock.instant().plusSeconds(60));
    poller.pauseUntil(clock.instant().plusSeconds(5));
    assertThat(poll(poller, ONE, poller.start()))
        .isEqualTo(in(60, "the API asked another reader for a pause"));
    assertThat(told).isEmpty();
  }

  @Test
  void pollIntervalHoldsUpTheNextCycleOfItsInput() {
    RestPoller poller = poller("streamingInterval", "10", "pageSize", "2");
    Page one = page(poller, poller.start(), answer(200, records(1, 2), "X-Poll-Interval", "60"));
    assertThat(one.next().betweenCycles()).isFalse();
    Page two = page(poller, one.next(), answer(200, records(2), "X-Poll-Interval", "60"));
    assertThat(two.next().betweenCycles()).isTrue();
    assertThat(poll(poller, ONE, two.next())).isEqualTo(in(60, "the API says when to poll again"));
    assertThat(poll(poller, TWO, poller.start(), answer(200, records(1)))).isInstanceOf(Page.class);
    clock.advance(Duration.ofSeconds(60));
    assertThat(page(poller, two.next(), answer(200, records(2))).records().size()).isZero();
  }

  // limits

  @Test
  void requestsAreSpacedOverAllInputs() {
    RestPoller poller = poller("requestsPerSecond", "0.5");
    page(poller, poller.start(), answer(200, records(1)));
    Wait second = in(2, "the limit 'requestsPerSecond'");
    assertThat(poll(poller, TWO, poller.start())).isEqualTo(second);
    assertThat(poll(poller, ONE, poller.start())).isEqualTo(in(4, "the limit 'requestsPerSecond'"));
    assertThat(poll(poller, TWO, poller.start())).isEqualTo(second);
    assertThat(asked).hasSize(1);
    clock.advance(Duration.ofSeconds(2));
    assertThat(poll(poller, TWO, poller.start(), answer(200, records(1)))).isInstanceOf(Page.class);
    poller.share(3);
    clock.advance(Duration.ofSeconds(2));
    page(poller, poller.start(), answer(200, records(1)));
    assertThat(((Wait) poll(poller, ONE, poller.start())).until())
        .isEqualTo(clock.instant().plusSeconds(2));
    assertThat(((Wait) poll(poller, TWO, poller.start())).until())
        .isEqualTo(clock.instant().plusSeconds(8));
  }

  @Test
  void requestThatIsOneTooManyIsMadeWhenAnotherHasEnded() {
    RestPoller poller = poller("maxConcurrentRequests", "1");
    CompletableFuture<Polled> first = poller.poll(ONE, poller.start());
    CompletableFuture<Polled> second = poller.poll(TWO, poller.start());
    assertThat(asked).hasSize(1);
    answers.add(answer(200, records(2)));
    open.get(0).complete(answer(200, records(1)));
    assertThat(((Page) first.join()).records().texts()).containsExactly("{\"ts\":1}");
    assertThat(((Page) second.join()).records().texts()).containsExactly("{\"ts\":2}");
  }

  @Test
  void queuedRequestIsNotMadeOnceTheApiAskedForAPause() {
    RestPoller poller = poller("maxConcurrentRequests", "1");
    poller.poll(ONE, poller.start());
    CompletableFuture<Polled> second = poller.poll(TWO, poller.start());
    open.get(0).complete(answer(429, "", "Retry-After", "60"));
    assertThat(second).isCompletedWithValue(in(60, "the API asked for a pause: status 429"));
    assertThat(asked).hasSize(1);
  }

  @Test
  void queuedRequestCanBeCancelledAndEndsWithThePoller() {
    RestPoller poller = poller("maxConcurrentRequests", "1");
    CompletableFuture<Polled> first = poller.poll(ONE, poller.start());
    CompletableFuture<Polled> second = poller.poll(TWO, poller.start());
    CompletableFuture<Polled> third = poller.poll(TWO, poller.start());
    assertThat(second.cancel(true)).isTrue();
    poller.close();
    assertThatThrownBy(first::join)
        .cause()
        .isInstanceOf(RequestException.class)
        .hasMessage("The poller is closed.");
    assertThatThrownBy(third::join)
        .cause()
        .isInstanceOf(RequestException.class)
        .hasMessage("The poller is closed.");
    assertThat(asked).hasSize(1);
  }
}
