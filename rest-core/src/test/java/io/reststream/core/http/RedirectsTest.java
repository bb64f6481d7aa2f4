package io.reststream.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Request;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects that would lead a request astray. */
@Timeout(60)
class RedirectsTest {
  private final FakeApi api = FakeApi.start();
  private final FakeApi other = FakeApi.start();
  private final JdkTransport strict = new JdkTransport(Sending.USUAL);
  private final JdkTransport allowing = new JdkTransport(Sending.allowing(other.url()));

  @AfterEach
  void close() {
    strict.close();
    allowing.close();
    api.close();
    other.close();
  }

  private void redirect(FakeApi from, String path, int status, String location) {
    from.serve(path, request -> Answer.status(status).header("Location", location));
  }

  private Throwable failure(JdkTransport transport) {
    return Sending.failure(transport, api.url("/x"));
  }

  @Test
  void otherOriginHasToBeAllowed() {
    redirect(api, "/x", 302, other.url("/y?token=t"));
    assertThat(failure(strict))
        .isInstanceOf(PermanentException.class)
        .hasMessage(
            "a redirect to another origin was refused: option 'allowedHosts' does not name "
                + other.url());
    assertThat(other.requests()).isEmpty();
  }

  @Test
  void validatorsStayWithTheAddressThatTheyAreOf() throws Exception {
    redirect(api, "/x", 302, "/y");
    api.serve(
        "/y",
        request ->
            Answer.json("[1]")
                .header("ETag", "\"a\"")
                .header("Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT"));
    Map<String, String> headers =
        Map.of(
            "If-None-Match", "\"b\"",
            "If-Modified-Since", "Mon, 01 Jan 2024 00:00:00 GMT",
            "X-Other", "stays");
    RestResponse far = Sending.answer(strict, Sending.get(api.url("/x"), headers, Sending.LONG));
    assertThat(far.headers()).doesNotContainKeys("ETag", "Last-Modified");
    assertThat(api.requests("/x").get(0).header("If-None-Match")).isEqualTo("\"b\"");
    assertThat(api.requests("/y").get(0).headers().keySet())
        .doesNotContain("If-None-Match", "If-Modified-Since")
        .contains("X-Other");
    RestResponse near = Sending.answer(strict, Sending.get(api.url("/y"), headers, Sending.LONG));
    assertThat(near.header("ETag")).contains("\"a\"");
    assertThat(api.requests("/y").get(1).header("If-None-Match")).isEqualTo("\"b\"");
  }

  @Test
  void onlyHarmlessHeadersGoToAnAllowedOrigin() throws Exception {
    redirect(api, "/x", 302, other.url("/y"));
    other.serve("/y", request -> Answer.json("[1]"));
    Map<String, String> headers =
        Map.of(
            "Authorization", "Bearer s3cret",
            "Cookie", "session=s3cret",
            "X-Api-Key", "s3cret",
            "Content-Type", "a/b",
            "Accept", "application/json",
            "Accept-Language", "en",
            "User-Agent", "test");
    RestResponse response =
        Sending.answer(allowing, Sending.get(api.url("/x"), headers, Sending.LONG));
    assertThat(new String(response.body(), UTF_8)).isEqualTo("[1]");
    assertThat(api.requests().get(0).header("X-Api-Key")).isEqualTo("s3cret");
    Request seen = other.requests().get(0);
    assertThat(seen.header("Accept")).isEqualTo("application/json");
    assertThat(seen.header("Accept-Language")).isEqualTo("en");
    assertThat(seen.header("User-Agent")).isEqualTo("test");
    assertThat(seen.header("Accept-Encoding")).isEqualTo("gzip, deflate");
    assertThat(seen.headers().keySet())
        .doesNotContain("Authorization", "Cookie", "X-Api-Key", "Content-Type");
    assertThat(seen.headers().toString()).doesNotContain("s3cret");
  }

  @Test
  void headersThatWereLeftBehindDoNotComeBack() throws Exception {
    redirect(api, "/x", 302, other.url("/y"));
    redirect(other, "/y", 302, other.url("/z"));
    other.serve("/z", request -> Answer.json("[1]"));
    Map<String, String> headers = Map.of("Authorization", "Bearer s3cret");
    Sending.answer(allowing, Sending.get(api.url("/x"), headers, Sending.LONG));
    assertThat(other.requests()).hasSize(2);
    assertThat(other.requests().toString()).doesNotContain("s3cret");
    assertThat(other.requests().get(1).header("Authorization")).isNull();
  }

  @Test
  void chainLeadsOutAtItsEnd() throws Exception {
    redirect(api, "/x", 302, "/y");
    redirect(api, "/y", 302, other.url("/z"));
    redirect(other, "/z", 302, "http://localhost:1/");
    assertThat(failure(allowing))
        .isInstanceOf(PermanentException.class)
        .hasMessage(
            "a redirect to another origin was refused: option 'allowedHosts' does not name"
                + " http://localhost:1");
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 308})
  void bodyStaysAtItsOrigin(int status) {
    redirect(api, "/x", status, other.url("/y?token=t"));
    RestRequest request =
        new RestRequest(
            "POST", URI.create(api.url("/x")), Map.of(), "secret".getBytes(UTF_8), Sending.LONG);
    assertThat(Sending.failure(allowing.send(request)))
        .isInstanceOf(PermanentException.class)
        .hasMessage(
            "a redirect to another origin was refused, since it would take the body along: "
                + other.url());
    assertThat(other.requests()).isEmpty();
  }

  @Test
  void postThatBecomesAGetLeavesItsBodyBehind() throws Exception {
    redirect(api, "/x", 303, other.url("/y"));
    other.serve("/y", request -> Answer.json("[1]"));
    RestRequest request =
        new RestRequest(
            "POST", URI.create(api.url("/x")), Map.of(), "secret".getBytes(UTF_8), Sending.LONG);
    assertThat(Sending.answer(allowing, request).status()).isEqualTo(200);
    assertThat(other.requests().get(0).toString()).isEqualTo("GET /y");
    assertThat(other.requests().get(0).body()).isEmpty();
  }

  @Test
  void circleIsAnError() {
    redirect(api, "/x", 302, "/y?api_key=s3cret");
    redirect(api, "/y", 302, api.url("/x"));
    assertThat(failure(strict))
        .isInstanceOf(PermanentException.class)
        .hasMessage("redirects lead in a circle, back to GET " + api.url("/x"));
    assertThat(api.requests()).hasSize(2);
  }

  @Test
  void targetIsShownWithoutSecrets() {
    redirect(api, "/x", 302, "/x?api_key=s3cret");
    assertThat(failure(strict))
        .isInstanceOf(PermanentException.class)
        .hasMessage("redirects lead in a circle, back to GET " + api.url("/x?api_key=****"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example/x",
        "http://evil.example/x",
        "https://127.0.0.1/x",
        "http://127.0.0.1/x",
        "http://127.0.0.1@evil.example/x",
        "http:\\\\evil.example\\x",
        "http:evil",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://127.0.0.1/x",
      })
  void otherOriginInAnyDisguiseIsRefused(String location) {
    redirect(api, "/x", 302, location);
    assertThat(failure(strict))
        .isInstanceOf(PermanentException.class)
        .hasMessageStartingWith(
            "a redirect to another origin was refused: option 'allowedHosts' does not name ");
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void userInALocationIsLeftOut() throws Exception {
    redirect(api, "/x", 302, api.url("/y").replace("http://", "http://me:s3cret@"));
    api.serve("/y", request -> Answer.json("[1]"));
    assertThat(Sending.text(strict, api.url("/x"))).isEqualTo("[1]");
    assertThat(api.requests().get(1).header("Authorization")).isNull();
  }
}
