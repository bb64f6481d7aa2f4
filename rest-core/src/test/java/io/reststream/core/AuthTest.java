package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.core.auth.Authenticator;
import io.reststream.core.config.Options;
import io.reststream.core.http.RestRequest;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.TokenServer;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pollers that show who asks, over real sockets. */
@Timeout(60)
class AuthTest {
  private final FakeApi api = FakeApi.start();
  private final FakeApi other = FakeApi.start();

  @AfterEach
  void close() {
    api.close();
    other.close();
  }

  private RestPoller poller(String... more) {
    Map<String, String> options =
        Options.of(
            "url", api.url("/log?since={offset}"),
            "offsetType", "max_field",
            "offsetField", "ts",
            "maxRetries", "0");
    options.putAll(Options.of(more));
    return RestPoller.open(RestConfig.parse(options, ReadMode.STREAM));
  }

  private static Page page(RestPoller poller, Position position) throws Exception {
    return (Page) poller.poll(Input.EMPTY, position).get(30, TimeUnit.SECONDS);
  }

  private static Throwable failure(RestPoller poller) {
    return catchThrowable(() -> page(poller, poller.start())).getCause();
  }

  private String[] oauth2(String tokenUrl, String... more) {
    Map<String, String> options =
        Options.of(
            "authType", "OAuth2",
            "oauthTokenUrl", tokenUrl,
            "oauthClientId", "me",
            "oauthClientSecret", "a-secret");
    options.putAll(Options.of(more));
    return options.entrySet().stream()
        .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
        .toArray(String[]::new);
  }

  @Test
  void aKeyThatALinkQuotesIsInNoPositionAndIsSentOnce() throws Exception {
    api.serve(
        "/log",
        request ->
            request.param("page") == null
                ? Answer.json(
                    "{\"data\":[{\"ts\":1}],\"next\":\"?api_key=%s&page=2\"}"
                        .formatted(request.param("api_key")))
                : Answer.json("{\"data\":[{\"ts\":2}],\"next\":null}"));
    String[] key = {
      "authType",
      "ApiKey",
      "apiKey",
      "k-1234567890",
      "apiKeyIn",
      "query",
      "apiKeyName",
      "api_key",
      "pagination",
      "nextUrl",
      "nextField",
      "next"
    };
    try (RestPoller poller = poller(key)) {
      Position middle = page(poller, poller.start()).next();
      assertThat(middle.json()).doesNotContain("1234567890").contains("page=2");
      page(poller, middle);
    }
    assertThat(api.requests().get(1).query()).isEqualTo("page=2&api_key=k-1234567890");
  }

  @Test
  void tokenFromAnotherOriginGoesToTheUrlAndToNoNextLinkElsewhere() throws Exception {
    TokenServer tokens = TokenServer.at("/token").client("me", "a-secret").startOn(other);
    String next = "{\"data\":[{\"ts\":1}],\"next\":\"" + other.url("/more") + "\"}";
    api.serve("/log", tokens.guard(request -> Answer.json(next)));
    other.serve("/more", request -> Answer.json("{\"data\":[{\"ts\":2}]}"));
    try (RestPoller poller =
        poller(
            oauth2(
                other.url("/token"),
                "pagination",
                "nextUrl",
                "cookie",
                "a=b",
                "allowedHosts",
                other.url()))) {
      Page first = page(poller, poller.start());
      page(poller, first.next());
    }
    assertThat(api.requests().get(0).header("Authorization")).isEqualTo("Bearer " + tokens.token());
    assertThat(other.requests("/more").get(0).headers())
        .doesNotContainKeys("Authorization", "Cookie");
    assertThat(tokens.issued()).isEqualTo(1);
  }

  @Test
  void redirectOfATokenRequestTakesNothingElsewhere() throws Exception {
    try (MockWebServer tokens = new MockWebServer()) {
      tokens.start(InetAddress.getByName("127.0.0.1"), 0);
      String elsewhere = other.url("/steal");
      tokens.enqueue(new MockResponse(307, Headers.of("Location", elsewhere), ""));
      tokens.enqueue(new MockResponse(302, Headers.of("Location", elsewhere), ""));
      String url = tokens.url("/token").toString();
      try (RestPoller poller = poller(oauth2(url, "allowedHosts", other.url()))) {
        assertThat(failure(poller))
            .hasMessage(
                "POST %s failed: a redirect to another origin was refused, since it would take the"
                    + " body along: %s",
                url, other.url());
        other.serve("/steal", request -> Answer.json("{}"));
        assertThat(failure(poller)).hasMessageContaining("has no field 'access_token'");
      }
      RecordedRequest asked = tokens.takeRequest();
      assertThat(asked.getHeaders().get("Authorization")).startsWith("Basic ");
    }
    assertThat(other.requests()).hasSize(1);
    assertThat(other.requests().get(0).headers()).doesNotContainKey("Authorization");
    assertThat(other.requests().get(0).body()).isEmpty();
  }

  @Test
  void refusedTokenIsRenewedOnceAndThenTheErrorIsClear() throws Exception {
    TokenServer tokens = TokenServer.at("/token").client("me", "a-secret").startOn(other);
    api.serve("/log", tokens.guard(request -> Answer.json("{\"data\":[]}")));
    try (RestPoller poller = poller(oauth2(other.url("/token")))) {
      page(poller, poller.start());
      tokens.revoke();
      page(poller, poller.start());
      assertThat(tokens.issued()).isEqualTo(2);
      api.serve("/log", request -> Answer.status(401).body("not you"));
      assertThat(failure(poller))
          .hasMessage("GET %s was answered with status 401: not you", api.url("/log?since=0"));
      assertThat(tokens.issued()).isEqualTo(3);
    }
  }

  @Test
  void schemeThatCannotRenewFailsAtOnce() {
    api.serve("/log", request -> Answer.status(401).body("not you"));
    try (RestPoller poller = poller("authType", "Bearer", "oauthToken", "a-token")) {
      assertThat(failure(poller)).hasMessageContaining("status 401: not you");
    }
    assertThat(api.requests()).hasSize(1);
  }

  /** Named by an option. */
  public static final class Signed implements Authenticator {
    @Override
    public CompletableFuture<RestRequest> authenticate(RestRequest request, Context context) {
      return CompletableFuture.completedFuture(
          request.withHeader("X-Signed", context.parameters().get("key")));
    }
  }

  @Test
  void classOfSomebodyElseSigns() throws Exception {
    api.serve("/log", request -> Answer.json("{\"data\":[]}"));
    try (RestPoller poller =
        poller(
            "authType", "Custom",
            "authClass", Signed.class.getName(),
            "authParameters", "{\"key\":\"${env:PATH}\"}")) {
      page(poller, poller.start());
    }
    assertThat(api.requests().get(0).header("X-Signed")).isEqualTo(System.getenv("PATH"));
  }

  @Test
  void classThatCannotBeUsedIsNamed() {
    assertThat(catchThrowable(() -> poller("authType", "Custom", "authClass", "no.Such")))
        .hasMessage(
            "Option 'authClass' names the class 'no.Such', which is not on the class path.");
    assertThat(catchThrowable(() -> poller("authType", "Custom", "authClass", "java.lang.String")))
        .hasMessage(
            "Option 'authClass' names the class 'java.lang.String', which does not implement"
                + " io.reststream.core.auth.Authenticator.");
  }
}
