package io.reststream.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.core.config.Options;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Waits for a token obey what waits for any answer obey. */
class TokenWaitsTest {
  private static int servers;

  private final String tokenUrl = "http://auth.test/token/" + servers++;
  private final ManualClock clock = new ManualClock();
  private final Endpoint endpoint = new Endpoint();
  private final RestPoller poller = poller();

  /** Gives tokens by a script, and records to whoever has one. */
  private static final class Endpoint implements Transport {
    private final Queue<RestResponse> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();

    Endpoint answers(int status, String... headers) {
      Map<String, List<String>> all =
          headers.length == 0 ? Map.of() : Map.of(headers[0], List.of(headers[1]));
      answers.add(new RestResponse(status, all, "busy".getBytes(UTF_8)));
      return this;
    }

    @Override
    public CompletableFuture<RestResponse> send(RestRequest request) {
      asked.add(request.uri().getPath());
      boolean token = request.uri().getHost().equals("auth.test");
      RestResponse answer = token ? answers.poll() : null;
      String body = token ? "{\"access_token\":\"t1\"}" : "{\"data\":[{\"id\":1}]}";
      return CompletableFuture.completedFuture(
          answer == null ? new RestResponse(200, Map.of(), body.getBytes(UTF_8)) : answer);
    }

    @Override
    public void close() {}
  }

  private RestPoller poller() {
    Map<String, String> options =
        Options.of(
            "url", "http://api.test/feed?since={id}",
            "offsetType", "incremental",
            "offsetField", "id",
            "maxRetries", "1",
            "retryBaseDelay", "1s",
            "authType", "OAuth2",
            "oauthTokenUrl", tokenUrl,
            "oauthClientId", "me",
            "oauthClientSecret", "a-secret");
    return new RestPoller(RestConfig.parse(options, ReadMode.STREAM), endpoint, clock, () -> 0.5);
  }

  private Polled poll(Input input) {
    return poller.poll(input, poller.start()).join();
  }

  private Instant in(Duration time) {
    return clock.instant().plus(time);
  }

  @Test
  void timeThatTheEndpointNamesIsWaitedForAndDoesNotCountAsARetry() {
    endpoint
        .answers(503, "Retry-After", "7200")
        .answers(429, "Retry-After", "Wed, 01 May 2024 23:30:00 GMT")
        .answers(429, "X-RateLimit-Reset", "60");
    clock.advance(Duration.between(clock.instant(), Instant.parse("2024-05-01T12:00:00Z")));
    for (Instant until :
        List.of(
            Instant.parse("2024-05-01T14:00:00Z"),
            Instant.parse("2024-05-01T23:30:00Z"),
            Instant.parse("2024-05-01T23:31:00Z"))) {
      assertThat(poll(Input.EMPTY))
          .isInstanceOfSatisfying(Wait.class, w -> assertThat(w.until()).isEqualTo(until));
      clock.advance(Duration.between(clock.instant(), until));
    }
    assertThat(poll(Input.EMPTY)).isInstanceOf(Page.class);
    assertThat(endpoint.asked).hasSize(5);
  }

  @Test
  void anotherInputDoesNotAskMeanwhile() {
    endpoint.answers(429, "Retry-After", "60");
    Instant until = in(Duration.ofSeconds(60));
    assertThat(poll(Input.of(Map.of("n", "1"))))
        .isEqualTo(
            new Wait(
                until,
                "the API says when to come again: the token request POST %s was answered with status 429: busy"
                    .formatted(tokenUrl)));
    clock.advance(Duration.ofSeconds(5));
    assertThat(((Wait) poll(Input.of(Map.of("n", "2")))).until()).isEqualTo(until);
    assertThat(endpoint.asked).hasSize(1);
  }

  @Test
  void whoComesInTheLastHalfSecondOfTheTimeHasMadeNoAttempt() {
    endpoint.answers(429, "Retry-After", "60").answers(503);
    Instant until = in(Duration.ofSeconds(60));
    assertThat(poll(Input.of(Map.of("n", "1")))).isInstanceOf(Wait.class);
    clock.advance(Duration.ofMillis(59_500));
    Input late = Input.of(Map.of("n", "2"));
    String busy = "the token request POST " + tokenUrl + " was answered with status %d: busy";
    assertThat(poll(late))
        .isEqualTo(new Wait(until, "the API says when to come again: " + busy.formatted(429)));
    assertThat(endpoint.asked).hasSize(1);
    clock.advance(Duration.ofMillis(500));
    assertThat(poll(late))
        .isEqualTo(new Wait(in(Duration.ofMillis(500)), "retry 1 of 1: " + busy.formatted(503)));
  }

  @Test
  void endpointThatNamesNoTimeIsAskedAgainByTheBackoffAsOftenAsAllowed() {
    endpoint.answers(503).answers(503);
    assertThat(poll(Input.EMPTY))
        .isEqualTo(
            new Wait(
                in(Duration.ofMillis(500)),
                "retry 1 of 1: the token request POST %s was answered with status 503: busy"
                    .formatted(tokenUrl)));
    clock.advance(Duration.ofMillis(500));
    assertThat(catchThrowable(() -> poll(Input.EMPTY)).getCause())
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "After 2 attempts in 0.5s: GET http://api.test/feed?since=0 failed: the token request POST %s was answered with status 503: busy",
            tokenUrl);
  }
}
