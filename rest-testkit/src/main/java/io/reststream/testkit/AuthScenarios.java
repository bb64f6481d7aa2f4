package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** APIs that want to know who asks. */
final class AuthScenarios {
  private static final int TENANTS = 20;
  private static final Endpoint LOG = Endpoint.at("/log").since("since", "ts").data("data");

  private AuthScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.concat(keys(), tokens()).toList();
  }

  private static Stream<ScenarioBuilder> keys() {
    String basic =
        Base64.getEncoder().encodeToString("me:pass wörd".getBytes(StandardCharsets.UTF_8));
    return Stream.of(
        guarded("auth: Basic", header("Authorization", "Basic " + basic))
            .options("authType", "Basic", "userId", "me", "userPassword", "pass wörd"),
        guarded("auth: Bearer", header("Authorization", "Bearer abc.def"))
            .options("authType", "bearer", "oauthToken", "abc.def"),
        guarded("auth: ApiKey in a header", header("X-API-Key", "k-1"))
            .options("authType", "ApiKey", "apiKey", "k-1"),
        guarded("auth: ApiKey in the query", request -> "k&1".equals(request.param("appid")))
            .options("authType", "ApiKey", "apiKey", "k&1")
            .options("apiKeyIn", "query", "apiKeyName", "appid"),
        guarded("auth: a cookie", header("Cookie", "session=abc")).options("cookie", "session=abc"),
        signed("auth: OAuth1 by HMAC-SHA1", "HmacSHA1"),
        signed("auth: OAuth1 by HMAC-SHA256", "HmacSHA256")
            .options("oauthSignatureMethod", "HMAC-SHA256", "oauthRealm", "1234_SB1"),
        refused("an error: a key that is refused", 403)
            .options("authType", "ApiKey", "apiKey", "k-2")
            .expectFailure("status 403"));
  }

  private static Stream<ScenarioBuilder> tokens() {
    return Stream.of(
        life("auth: OAuth2 client credentials, tokens that end in mid-feed")
            .setUp(api -> guard(api, server(api).goodFor(2)))
            .options(oauth2("oauthScope", "read", "oauthAudience", "log")),
        life("auth: OAuth2 with the client in the body")
            .setUp(api -> guard(api, server(api).expiresIn("3600")))
            .options(oauth2("oauthClientAuth", "body")),
        life("auth: OAuth2 with a token endpoint that fails at first")
            .setUp(
                api -> {
                  guard(api, server(api).goodFor(3));
                  api.fault("/token", Fault.status(503), Fault.html(), Fault.truncated());
                })
            .options(oauth2("retryBaseDelay", "10ms")),
        life("auth: a token endpoint that says when to come again")
            .setUp(
                api -> {
                  guard(api, server(api).goodFor(3));
                  api.fault(
                      "/token",
                      Fault.tooManyRequests("1"),
                      Fault.status(503).header("Retry-After", "1"),
                      Fault.status(403).header("Retry-After", "1"));
                })
            .options(oauth2("maxRetries", "1", "retryBaseDelay", "10ms")),
        many("auth: OAuth2, a token that many inputs share, taken back in mid-feed"),
        life("auth: OAuth2 refresh tokens that rotate")
            .setUp(api -> guard(api, server(api).goodFor(2).refreshToken("first").rotating()))
            .options(oauth2("oauthRefreshToken", "first")),
        life("auth: a login")
            .setUp(api -> guard(api, server(api).goodFor(3)))
            .options("authType", "Login", "loginUrl", "{base}/token")
            .options("loginBody", "{\"user\":\"me\",\"password\":\"it's secret\"}"),
        refused("an error: a token that is refused for good", 401)
            .setUp(api -> server(api))
            .options(oauth2())
            .expectFailure("status 401"),
        refused("an error: a client that the token endpoint does not know", 401)
            .setUp(api -> server(api).client("somebody", "else"))
            .options(oauth2())
            .expectFailure("invalid_client"));
  }

  /** Inputs that all find their token refused: one of them renews it, once. */
  private static ScenarioBuilder many(String name) {
    ScenarioBuilder row =
        named(name)
            .setUp(
                api -> {
                  TokenServer tokens = server(api);
                  api.serve(
                      Endpoint.at("/log").since("since", "ts").data("data").feedNamedBy("tenant"),
                      tokens::guard);
                  AtomicBoolean takenBack = new AtomicBoolean();
                  api.beforeAnswer(
                      request -> {
                        if (api.published().size() > TENANTS && !takenBack.getAndSet(true)) {
                          tokens.revoke();
                        }
                      });
                })
            .options(oauth2("oauthScope", name))
            .options("url", "{base}/log?tenant={tenant}&since={ts}", "offsetType", "max_field")
            .options("offsetField", "ts", "inputData", tenants());
    append(row).drain().run(api -> hasIssued(api, 1));
    append(row).drain().run(api -> hasIssued(api, 2));
    append(row.restart()).drain().run(api -> hasIssued(api, 2));
    return row;
  }

  private static String tenants() {
    return IntStream.range(0, TENANTS)
        .mapToObj("{\"tenant\":\"%d\"}"::formatted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static ScenarioBuilder append(ScenarioBuilder row) {
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      row.feed(Integer.toString(tenant)).at(1);
    }
    return row;
  }

  private static void hasIssued(FakeApi api, int tokens) {
    List<Request> asked = api.requests("/token");
    if (asked.size() != tokens) {
      throw new AssertionError(
          "Expected %d requests for a token, but came %d".formatted(tokens, asked.size()));
    }
  }

  private static String[] oauth2(String... more) {
    return Stream.concat(
            Stream.of(
                "authType", "OAuth2",
                "oauthTokenUrl", "{base}/token",
                "oauthClientId", "me",
                "oauthClientSecret", "it's secret"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static TokenServer server(FakeApi api) {
    return TokenServer.at("/token").client("me", "it's secret").startOn(api);
  }

  private static void guard(FakeApi api, TokenServer tokens) {
    api.serve(LOG, tokens::guard);
  }

  private static Predicate<Request> header(String name, String value) {
    return request -> value.equals(request.header(name));
  }

  private static ScenarioBuilder guarded(String name, Predicate<Request> isKnown) {
    UnaryOperator<Responder> guard =
        inner ->
            request ->
                isKnown.test(request) ? inner.answer(request) : Answer.status(401).body("who?");
    return life(name).setUp(api -> api.serve(LOG, guard));
  }

  private static ScenarioBuilder signed(String name, String algorithm) {
    return life(name)
        .setUp(
            api -> api.serve(LOG, SignedRequests.of(api, "con&sumer", "to ken", algorithm)::guard))
        .options("authType", "OAuth1")
        .options("oauthConsumerKey", "ck", "oauthConsumerSecret", "con&sumer")
        .options("oauthToken", "tk", "oauthTokenSecret", "to ken");
  }

  private static ScenarioBuilder refused(String name, int status) {
    return log(name)
        .setUp(api -> api.serve("/log", request -> Answer.status(status).body("not yours")))
        .at(1)
        .drain();
  }

  private static ScenarioBuilder life(String name) {
    return log(name).life(1, 1, 2, 2, 3, 4);
  }

  private static ScenarioBuilder log(String name) {
    return named(name)
        .options("url", "{base}/log?since={ts}&q=a%20b", "offsetType", "max_field")
        .options("offsetField", "ts");
  }
}
