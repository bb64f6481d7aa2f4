package io.reststream.core.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.core.RequestException;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.core.http.TransportClosedException;
import io.reststream.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens on a manual clock, over a transport whose answers the test gives. */
class AuthenticatedTransportTest {
  private static final URI API = URI.create("https://api.example.com/x");
  private static final Map<String, List<String>> RETRY_AFTER_30 =
      Map.of("Retry-After", List.of("30"));
  private static int servers;

  private final ManualClock clock = new ManualClock();
  private final Network network = new Network();
  private @Nullable Authenticator authenticator;
  private final URI tokenUrl = URI.create("https://auth.example.com/token/" + servers++);

  /** Requests that wait for their answers. */
  private static final class Network implements Transport {
    private final List<RestRequest> sent = new ArrayList<>();
    private final List<CompletableFuture<RestResponse>> answers = new ArrayList<>();
    private boolean closed;

    @Override
    public CompletableFuture<RestResponse> send(RestRequest request) {
      sent.add(request);
      answers.add(new CompletableFuture<>());
      return answers.get(answers.size() - 1);
    }

    void answer(int index, int status, String body) {
      answer(index, status, Map.of(), body);
    }

    void answer(int index, int status, Map<String, List<String>> headers, String body) {
      answers.get(index).complete(new RestResponse(status, headers, body.getBytes(UTF_8)));
    }

    String authorization(int index) {
      return sent.get(index).headers().get("Authorization");
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** What the poller reads of such answers, in short. */
  private static final class Reader implements AnswerReader {
    @Override
    public @Nullable Instant comeAgain(RestResponse response, Instant now) {
      return response
          .header("Retry-After")
          .map(seconds -> now.plusSeconds(Long.parseLong(seconds)))
          .orElse(null);
    }

    @Override
    public String shown(RestRequest request, String text) {
      return text.replace("se cret", "****");
    }
  }

  private AuthenticatedTransport open() {
    return open(network);
  }

  private AuthenticatedTransport open(Transport inner) {
    OAuth2 grant =
        new OAuth2(tokenUrl, () -> "me", () -> "se cret", OAuth2.ClientProof.BASIC, Map.of(), null);
    Placement bearer = new Placement(Placement.Place.HEADER, "Authorization", "Bearer");
    AuthSettings settings =
        new AuthSettings(
            API,
            () -> TokenScheme.of(grant, bearer, tokenUrl.toString()),
            () -> Map.of("resource", "a b"));
    authenticator = settings.scheme().get();
    return new AuthenticatedTransport(
        inner, settings, authenticator, Set.of(401), clock, new Reader());
  }

  private static RestRequest get(URI uri) {
    return new RestRequest("GET", uri, Map.of(), null, Duration.ofSeconds(7));
  }

  private static String token(String value, int seconds) {
    return "{\"access_token\":\"%s\",\"expires_in\":%d}".formatted(value, seconds);
  }

  @Test
  void tokenIsAskedForOnceAndSharedByAllOfTheProcess() {
    AuthenticatedTransport one = open();
    AuthenticatedTransport other = open();
    var first = one.send(get(API));
    var second = other.send(get(API));
    assertThat(network.sent).hasSize(1);
    RestRequest asked = network.sent.get(0);
    assertThat(asked).hasToString("POST " + tokenUrl);
    assertThat(asked.timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(new String(asked.body(), UTF_8))
        .isEqualTo("grant_type=client_credentials&resource=a%20b");
    assertThat(network.authorization(0)).isEqualTo("Basic bWU6c2UlMjBjcmV0");
    network.answer(0, 200, token("t1", 3600));
    assertThat(network.sent).hasSize(3);
    assertThat(network.authorization(1)).isEqualTo("Bearer t1");
    assertThat(network.authorization(2)).isEqualTo("Bearer t1");
    network.answer(1, 200, "[]");
    network.answer(2, 204, "");
    assertThat(List.of(first.join().status(), second.join().status()))
        .containsExactlyInAnyOrder(200, 204);
  }

  @ParameterizedTest
  @CsvSource({"3600, 3540", "100, 75", "0, 1000000", "-5, 1000000"})
  void tokenIsRenewedBeforeItIsOver(int life, int renewed) {
    AuthenticatedTransport transport = open();
    var unused = transport.send(get(API));
    network.answer(0, 200, token("t1", life));
    clock.advance(Duration.ofSeconds(renewed - 1));
    unused = transport.send(get(API));
    assertThat(network.authorization(2)).isEqualTo("Bearer t1");
    clock.advance(Duration.ofSeconds(1));
    unused = transport.send(get(API));
    assertThat(network.authorization(3)).startsWith(life > 0 ? "Basic " : "Bearer ");
  }

  @Test
  void tokenWithoutALifeIsUsedUntilItIsRefused() {
    AuthenticatedTransport transport = open();
    var unused = transport.send(get(API));
    network.answer(0, 200, "{\"access_token\":\"t1\"}");
    clock.advance(Duration.ofDays(1_000));
    var answer = transport.send(get(API));
    assertThat(network.authorization(2)).isEqualTo("Bearer t1");
    network.answer(2, 401, "");
    assertThat(network.sent.get(3)).hasToString("POST " + tokenUrl);
    network.answer(3, 200, "{\"access_token\":\"t2\"}");
    assertThat(network.authorization(4)).isEqualTo("Bearer t2");
    network.answer(4, 200, "[]");
    assertThat(answer.join().status()).isEqualTo(200);
  }

  @Test
  void oldTokenIsUsedWhileItIsGoodAndNoOtherCanBeHad() {
    AuthenticatedTransport transport = open();
    var unused = transport.send(get(API));
    network.answer(0, 200, token("t1", 100));
    clock.advance(Duration.ofSeconds(80));
    unused = transport.send(get(API));
    network.answer(2, 503, "later");
    assertThat(network.authorization(3)).isEqualTo("Bearer t1");
    clock.advance(Duration.ofSeconds(20));
    var failed = transport.send(get(API));
    network.answers.get(4).completeExceptionally(new IOException("no whole answer"));
    assertThat(catchThrowable(failed::join))
        .hasRootCauseMessage("no whole answer")
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage("the token request POST %s failed: no whole answer".formatted(tokenUrl));
  }

  @Test
  void refusedTokenIsRenewedOnceByOneOfThoseWhoSentIt() {
    AuthenticatedTransport transport = open();
    var first = transport.send(get(API));
    network.answer(0, 200, token("t1", 3600));
    var second = transport.send(get(API));
    network.answer(1, 401, "");
    network.answer(2, 401, "");
    assertThat(network.sent).hasSize(4);
    network.answer(3, 200, token("t2", 3600));
    assertThat(network.sent).hasSize(6);
    assertThat(network.authorization(4)).isEqualTo("Bearer t2");
    network.answer(4, 401, "no");
    network.answer(5, 200, "[]");
    assertThat(List.of(first.join().status(), second.join().status()))
        .containsExactlyInAnyOrder(401, 200);
    assertThat(network.sent).hasSize(6);
    assertThat(authenticator.secrets()).containsExactly("t2", "t1");
  }

  @Test
  void lateRefusalOfAnOldTokenDoesNotRenewTheNewOne() {
    AuthenticatedTransport transport = open();
    var unused = transport.send(get(API));
    network.answer(0, 200, token("t1", 3600));
    unused = transport.send(get(API));
    network.answer(1, 401, "");
    network.answer(3, 200, token("t2", 3600));
    network.answer(2, 401, "");
    assertThat(network.authorization(5)).isEqualTo("Bearer t2");
  }

  @Test
  void cancelEndsOnesOwnRequestAlone() {
    AuthenticatedTransport transport = open();
    var first = transport.send(get(API));
    var second = transport.send(get(API));
    first.cancel(true);
    assertThat(network.answers.get(0)).isNotDone();
    network.answer(0, 200, token("t1", 3600));
    assertThat(network.sent).hasSize(2);
    second.cancel(true);
    assertThat(network.answers.get(1)).isCancelled();
  }

  @Test
  void otherOriginsGetNoCredentials() {
    var unused = open().send(get(URI.create("https://api.example.com:8443/x")));
    assertThat(network.sent).hasSize(1);
    assertThat(network.authorization(0)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|{\"error\":\"invalid_scope\",\"error_description\":\"no\"}|The token request POST @"
            + " was answered with status 400: invalid_scope (no)",
        "401|{\"error\":\"invalid_client\"}|The token request POST @ was answered with status 401:"
            + " invalid_client",
        "200|{\"error\":\"bad_verification\"}|The token request POST @ was answered with status"
            + " 200: bad_verification",
        "404|Not here|The token request POST @ was answered with status 404: Not here",
        "400|<html>Bad Request</html>|The token request POST @ was answered with status 400:"
            + " <html>Bad Request</html>",
        "302||The token request POST @ was answered with status 302: (no body)",
        "200|{\"token\":\"t\",\"x\":1}|The answer of the token request POST @ has no field"
            + " 'access_token'; its fields are token, x.",
        "200|{\"access_token\":{}}|The answer of the token request POST @ has no field"
            + " 'access_token'; its fields are access_token.",
        "200|{\"access_token\":\"a\\nb\"}|The answer of the token request POST @ has a token in the"
            + " field 'access_token' that is not made of printable ASCII characters.",
      })
  void lastingFailures(int status, String body, String message) {
    assertThat(failure(status, body == null ? "" : body))
        .isInstanceOf(RequestException.class)
        .hasMessage(message.replace("@", tokenUrl.toString()));
  }

  @Test
  void tokenOfAMegabyteIsRefused() {
    assertThat(failure(200, token("x".repeat(1 << 20), 60)))
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "The answer of the token request POST %s has a token of 1048576 characters in the field"
                + " 'access_token', of which at most 16384 can be sent.",
            tokenUrl);
  }

  @ParameterizedTest
  @CsvSource({"500", "503", "408", "429"})
  void passingFailures(int status) {
    assertThat(failure(status, "wait"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the token request POST %s was answered with status %d: wait", tokenUrl, status);
  }

  @Test
  void pageOfAProxyMayPass() {
    assertThat(failure(200, "<html>Please log in</html>"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the answer of the token request POST %s is not JSON: <html>Please log in</html>",
            tokenUrl);
  }

  @ParameterizedTest
  @CsvSource({"429", "503", "403"})
  void endpointThatNamesATimeIsLeftAloneUntilThenByAll(int status) {
    AuthenticatedTransport one = open();
    AuthenticatedTransport other = open();
    var first = one.send(get(API));
    network.answer(0, status, RETRY_AFTER_30, "later");
    Instant at = clock.instant().plusSeconds(30);
    assertThat(catchThrowable(first::join).getCause())
        .isInstanceOfSatisfying(
            ComeAgainException.class, told -> assertThat(told.at()).isEqualTo(at));
    clock.advance(Duration.ofSeconds(29));
    assertThat(catchThrowable(other.send(get(API))::join).getCause())
        .hasMessage(
            "the token request POST %s was answered with status %d: later", tokenUrl, status);
    assertThat(network.sent).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    var unused = other.send(get(API));
    network.answer(1, 200, token("t1", 60));
    assertThat(network.authorization(2)).isEqualTo("Bearer t1");
  }

  @Test
  void oldTokenIsUsedWhileItIsGoodAndTheEndpointWantsToBeLeftAlone() {
    AuthenticatedTransport transport = open();
    var unused = transport.send(get(API));
    network.answer(0, 200, token("t1", 100));
    clock.advance(Duration.ofSeconds(80));
    unused = transport.send(get(API));
    network.answer(2, 429, RETRY_AFTER_30, "");
    unused = transport.send(get(API));
    assertThat(network.sent).hasSize(5);
    assertThat(List.of(network.authorization(3), network.authorization(4)))
        .containsOnly("Bearer t1");
    clock.advance(Duration.ofSeconds(20));
    assertThat(catchThrowable(transport.send(get(API))::join))
        .hasCauseInstanceOf(ComeAgainException.class);
    assertThat(network.sent).hasSize(5);
  }

  @Test
  void whoWaitsForOneThatIsClosedAsksItself() {
    Network others = new Network();
    AuthenticatedTransport closing = open(others);
    AuthenticatedTransport transport = open();
    var closed = closing.send(get(API));
    var answer = transport.send(get(API));
    assertThat(network.sent).isEmpty();
    others.answers.get(0).completeExceptionally(new TransportClosedException());
    assertThat(closed).isCompletedExceptionally();
    network.answer(0, 200, token("t1", 60));
    network.answer(1, 200, "[]");
    assertThat(answer.join().status()).isEqualTo(200);
  }

  @Test
  void aTokenThatIsUnderWayWhenItsAskerIsClosedIsHeardAndShared() {
    Network others = new Network();
    AuthenticatedTransport closing = open(others);
    AuthenticatedTransport transport = open();
    var ended = closing.send(get(API));
    var answer = transport.send(get(API));

    closing.close();
    assertThat(catchThrowable(ended::join)).hasCauseInstanceOf(TransportClosedException.class);
    assertThat(others.closed).isFalse();
    others.answer(0, 200, token("t1", 60));

    assertThat(others.closed).isTrue();
    assertThat(others.sent).hasSize(1);
    assertThat(network.authorization(0)).isEqualTo("Bearer t1");
    network.answer(0, 200, "[]");
    assertThat(answer.join().status()).isEqualTo(200);
    assertThat(catchThrowable(closing.send(get(API))::join))
        .hasCauseInstanceOf(TransportClosedException.class);
  }

  @Test
  void closesAtOnceWhereNoTokenIsUnderWay() {
    AuthenticatedTransport transport = open();
    var answer = transport.send(get(API));
    network.answer(0, 200, token("t1", 60));
    transport.close();

    assertThat(network.closed).isTrue();
    assertThat(answer).isCompletedExceptionally();
  }

  @ParameterizedTest
  @CsvSource({"403, status 403:", "503, status 503:", "200, is not JSON:"})
  void quotedSecretIsHiddenFromAllWhoWait(int status, String problem) {
    AuthenticatedTransport one = open();
    AuthenticatedTransport other = open();
    var first = one.send(get(API));
    var second = other.send(get(API));
    network.answer(0, status, "who is se cret?");
    assertThat(List.of(first, second))
        .allSatisfy(
            answer ->
                assertThat(catchThrowable(answer::join).getCause())
                    .hasMessageEndingWith(problem + " who is ****?"));
  }

  private Throwable failure(int status, String body) {
    var answer = open().send(get(API));
    network.answer(0, status, body);
    return catchThrowable(answer::join).getCause();
  }
}
