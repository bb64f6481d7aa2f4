package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.core.config.Options;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An API, or an input, that would lead a stream astray. */
@Timeout(60)
class TrustTest {
  private final FakeApi api = FakeApi.start();
  private final FakeApi other = FakeApi.start();
  private final List<RestPoller> pollers = new ArrayList<>();

  @AfterEach
  void close() {
    pollers.forEach(RestPoller::close);
    api.close();
    other.close();
  }

  private RestPoller poller(String... more) {
    Map<String, String> options =
        Options.of(
            "url", api.url("/events?since={offset}"),
            "offsetType", "max_field",
            "offsetField", "ts",
            "maxRetries", "3");
    options.putAll(Options.of(more));
    RestPoller poller = RestPoller.open(RestConfig.parse(options, ReadMode.STREAM));
    pollers.add(poller);
    return poller;
  }

  private static Page page(RestPoller poller, Input input, Position position) throws Exception {
    return (Page) poller.poll(input, position).get(30, TimeUnit.SECONDS);
  }

  private static Throwable failure(RestPoller poller, Input input, Position position) {
    return catchThrowable(() -> page(poller, input, position)).getCause();
  }

  private static String next(String link) {
    return "{\"data\":[{\"ts\":1}],\"next\":\"" + link.replace("\\", "\\\\") + "\"}";
  }

  // next links

  @ParameterizedTest
  @CsvSource({
    "http://evil.example/x, http://evil.example:80",
    "https://127.0.0.1/x, https://127.0.0.1:443",
    "http://127.0.0.1:1/x, http://127.0.0.1:1",
    "http://localhost:{port}/x, http://localhost:{port}",
    "//evil.example/x, http://evil.example:80",
    "http:\\\\evil.example\\x, http://:80",
    "http://127.0.0.1:{port}@evil.example/x, http://evil.example:80",
    "http://127.0.0.1:{port}.evil.example/x, http://:80",
    "file:///etc/passwd, file://:80",
  })
  void nextLinkToAnotherOriginIsRefusedAtOnce(String link, String origin) {
    String port = api.url().substring(api.url().lastIndexOf(':') + 1);
    api.serve("/events", request -> Answer.json(next(link.replace("{port}", port))));
    RestPoller poller = poller("pagination", "nextUrl");
    assertThat(failure(poller, Input.EMPTY, poller.start()))
        .isInstanceOf(ResponseException.class)
        .hasMessage(
            "The answer of GET "
                + api.url("/events?since=0")
                + " has a next page on another origin, "
                + origin.replace("{port}", port)
                + ", which option 'allowedHosts' does not name.");
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void backslashesAreNoSlashes() throws Exception {
    api.serve("/events", request -> Answer.json(next("\\\\evil.example\\x")));
    RestPoller poller = poller("pagination", "nextUrl");
    assertThat(page(poller, Input.EMPTY, poller.start()).next().json())
        .contains(api.url("/%5C%5Cevil.example%5Cx"));
  }

  @Test
  void toAnAllowedOriginNoCredentialsGo() throws Exception {
    api.serve("/events", request -> Answer.json(next(other.url("/more"))));
    other.serve("/more", request -> Answer.json(next(api.url("/last"))));
    api.serve("/last", request -> Answer.json("{\"data\":[{\"ts\":3}]}"));
    RestPoller poller =
        poller(
            "pagination", "nextUrl",
            "allowedHosts", other.url(),
            "header.Authorization", "Bearer s3cret",
            "header.Cookie", "session=s3cret",
            "header.Accept", "application/json");
    Page first = page(poller, Input.EMPTY, poller.start());
    Page second = page(poller, Input.EMPTY, first.next());
    page(poller, Input.EMPTY, second.next());
    Request seen = other.requests().get(0);
    assertThat(seen.header("Accept")).isEqualTo("application/json");
    assertThat(seen.headers().toString()).doesNotContain("s3cret");
    assertThat(api.requests("/last").get(0).header("Authorization")).isEqualTo("Bearer s3cret");
  }

  @Test
  void toAnAllowedOriginNoBodyGoes() throws Exception {
    api.serve("/events", request -> Answer.json(next(other.url("/more"))));
    RestPoller poller =
        poller(
            "url", api.url("/events"),
            "method", "POST",
            "body", "{\"since\":{offset},\"key\":\"s3cret\"}",
            "pagination", "nextUrl",
            "allowedHosts", other.url());
    Page first = page(poller, Input.EMPTY, poller.start());
    assertThat(failure(poller, Input.EMPTY, first.next()))
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "The next page is on another origin, " + other.url() + ", to which no body is sent.");
    assertThat(other.requests()).isEmpty();
  }

  @Test
  void linkOfAStoredPositionIsCheckedAgain() throws Exception {
    api.serve("/events", request -> Answer.json(next(other.url("/more"))));
    RestPoller generous = poller("pagination", "nextUrl", "allowedHosts", other.url());
    Position stored = page(generous, Input.EMPTY, generous.start()).next();
    assertThat(failure(poller("pagination", "nextUrl"), Input.EMPTY, stored))
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "The next page is on another origin, "
                + other.url()
                + ", which option 'allowedHosts' does not name.");
    assertThat(other.requests()).isEmpty();
  }

  @Test
  void userInALinkIsNotStored() throws Exception {
    api.serve(
        "/events",
        request -> Answer.json(next(api.url("/more").replace("http://", "http://me:s3cret@"))));
    RestPoller poller = poller("pagination", "nextUrl");
    assertThat(page(poller, Input.EMPTY, poller.start()).next().json())
        .contains("/more")
        .doesNotContain("s3cret");
  }

  // redirects and limits fail at once

  @Test
  void redirectToAnotherOriginIsNotRetried() {
    api.serve("/events", request -> Answer.status(302).header("Location", other.url("/x")));
    RestPoller poller = poller();
    assertThat(failure(poller, Input.EMPTY, poller.start()))
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "GET "
                + api.url("/events?since=0")
                + " failed: a redirect to another origin was refused: option 'allowedHosts' does"
                + " not name "
                + other.url());
    assertThat(api.requests()).hasSize(1);
    assertThat(other.requests()).isEmpty();
  }

  @Test
  void bodyBeyondTheLimitIsNotRetried() {
    api.serve("/events", request -> Answer.json("[" + " ".repeat(2_000) + "]"));
    RestPoller poller = poller("maxResponseBytes", "1k");
    assertThat(failure(poller, Input.EMPTY, poller.start()))
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "GET "
                + api.url("/events?since=0")
                + " failed: the body is larger than the 1024 bytes that option 'maxResponseBytes'"
                + " allows");
    assertThat(api.requests()).hasSize(1);
  }

  // values

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nX-Evil: 1",
        "a\nX-Evil: 1",
        "a\rb",
        "a\0b",
        "a\u007Fb",
        "a\u0085b",
        "\u560D\u560A"
      })
  void valueCannotAddAHeader(String value) {
    RestPoller poller = poller("header.X-Tenant", "t-{tenant}", "inputData", "[{\"tenant\":1}]");
    Throwable failure = failure(poller, Input.of(Map.of("tenant", value)), poller.start());
    assertThat(failure)
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("printable ASCII characters, spaces and tabs");
    assertThat(api.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/../../admin",
        "..%2F..%2Fadmin",
        "a?admin=1",
        "a#b",
        "a&admin=1",
        "a;admin=1",
        "\r\nHost: evil.example",
        "@evil.example",
        "\\..\\admin",
        "a\0b",
      })
  void valueCannotAddAPathOrAParameter(String value) throws Exception {
    api.serve("/t/{tenant}/events", request -> Answer.json("{\"data\":[]}"));
    RestPoller poller =
        poller(
            "url",
            api.url("/t/{tenant}/events?name={tenant}&since={offset}"),
            "inputData",
            "[{\"tenant\":1}]");
    page(poller, Input.of(Map.of("tenant", value)), poller.start());
    Request seen = api.requests().get(0);
    assertThat(seen.path().split("/", -1)).hasSize(4).endsWith("events");
    assertThat(seen.query().split("&", -1)).hasSize(2);
    assertThat(seen.param("name")).isEqualTo(value);
    assertThat(seen.param("admin")).isNull();
    assertThat(seen.header("Host")).startsWith("127.0.0.1:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\",\"admin\":true,\"x\":\"", "\\", "\\\"", "a\nb", "\u0000", "\u2028", "}"})
  void valueCannotAddAFieldToABody(String value) throws Exception {
    api.serve("/events", request -> Answer.json("{\"data\":[]}"));
    RestPoller poller =
        poller(
            "url", api.url("/events"),
            "method", "POST",
            "body", "{\"since\":{offset},\"name\":\"{tenant}\"}",
            "inputData", "[{\"tenant\":1}]");
    page(poller, Input.of(Map.of("tenant", value)), poller.start());
    Map<String, Object> body = Input.parse(api.requests().get(0).body()).values();
    assertThat(body).containsOnlyKeys("since", "name").containsEntry("name", value);
  }
}
