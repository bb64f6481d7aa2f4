package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.core.config.Options;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Request;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where secrets do not come out, though the API quotes all that it was sent. */
@Timeout(60)
class SecretsTest {
  private static final String SECRET = "s3cr&t \"wOrd\"";
  private static final String PLAIN = "0123-s3cret";

  @TempDir private Path directory;
  private final FakeApi api = FakeApi.start();

  @AfterEach
  void close() {
    api.close();
  }

  static Stream<Map<String, String>> places() {
    return Stream.of(
        Options.of("authType", "Basic", "userId", "me", "userPassword", "@"),
        Options.of("authType", "Bearer", "oauthToken", "@"),
        Options.of("authType", "ApiKey", "apiKey", "@"),
        Options.of("authType", "ApiKey", "apiKey", "@", "apiKeyIn", "query", "apiKeyName", "id"),
        Options.of(
            "authType", "OAuth2",
            "oauthTokenUrl", "{base}/token",
            "oauthClientId", "me",
            "oauthClientSecret", "@"),
        Options.of(
            "authType", "OAuth2",
            "oauthTokenUrl", "{base}/token",
            "oauthClientId", "me",
            "oauthClientSecret", "x",
            "oauthClientAuth", "body",
            "oauthRefreshToken", "@",
            "authParameters", "{\"password\":\"@\"}"),
        Options.of(
            "authType", "Login",
            "loginUrl", "{base}/token",
            "loginHeaders", "{\"X-Pass\":\"@\"}",
            "loginBody", "{\"pass\":\"@\"}"),
        Options.of("cookie", "session=@"),
        Options.of("header.X-Anything", "@"),
        Options.of("headers", "{\"Authorization\":\"Bearer @\"}"),
        Options.of("method", "POST", "body", "{\"password\":\"@\"}"));
  }

  private static String quoted(Request request) {
    String quoted = request.target() + " " + request.headers() + " " + request.body();
    return quoted + " " + request.params();
  }

  private RestConfig config(Map<String, String> place, String value) {
    Map<String, String> options =
        Options.of(
            "url", api.url("/log?since={offset}"),
            "offsetType", "max_field",
            "offsetField", "ts",
            "maxRetries", "0");
    place.forEach(
        (key, text) -> options.put(key, text.replace("{base}", api.url()).replace("@", value)));
    return RestConfig.parse(options, ReadMode.STREAM);
  }

  @ParameterizedTest
  @MethodSource("places")
  void answersThatQuoteTheRequestShowNone(Map<String, String> place) throws Exception {
    api.serve("/log", request -> Answer.status(403).body(quoted(request)));
    api.serve("/token", request -> Answer.status(403).body(quoted(request)));
    String shown = shown(config(place, PLAIN));
    assertThat(shown).contains("status 403", "****").doesNotContain(PLAIN);
    api.serve("/log", request -> Answer.html(quoted(request)));
    assertThat(shown(config(place, PLAIN))).doesNotContain(PLAIN);
  }

  @ParameterizedTest
  @MethodSource("places")
  void referencesAreReadButNeverKept(Map<String, String> place) throws Exception {
    boolean header = place.keySet().stream().anyMatch(key -> key.contains("eader"));
    String value = header || place.containsKey("cookie") ? PLAIN : SECRET;
    Path file = Files.writeString(directory.resolve("secret"), value + "\n");
    RestConfig config = config(place, "${file:" + file + "}");
    api.serve("/log", request -> Answer.status(403).body(quoted(request)));
    api.serve("/token", request -> Answer.status(403).body(quoted(request)));
    String shown = shown(config);
    assertThat(shown).contains("status 403").doesNotContain(value, "s3cr&t", "s3cr%26t");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(config);
    }
    assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).doesNotContain(value);
    assertThat(config.toString() + config.options() + config.fingerprint()).doesNotContain(value);
  }

  @ParameterizedTest
  @CsvSource({"400, status 400", "503, status 503", "200, is not JSON"})
  void clientsSecretIsHiddenAlsoAsItIsSent(int status, String problem) {
    api.serve("/token", request -> Answer.status(status).body(quoted(request)));
    Map<String, String> place =
        Options.of(
            "authType", "OAuth2",
            "oauthTokenUrl", "{base}/token",
            "oauthClientId", "me",
            "oauthClientSecret", "@");
    assertThat(shown(config(place, PLAIN)))
        .contains(problem, "Basic ****")
        .doesNotContain("bWU6MDEyMy1zM2NyZXQ=");
  }

  @Test
  void rotatedFileWorksWithoutARestart() throws Exception {
    api.serve("/log", request -> Answer.json("{\"data\":[]}"));
    Path file = Files.writeString(directory.resolve("key"), "first-key\n");
    RestConfig config =
        config(
            Options.of("header.X-Key", "@", "method", "POST", "body", "{\"key\":\"@\"}"),
            "${file:" + file + "}");
    try (RestPoller poller = RestPoller.open(config)) {
      poll(poller, Input.of(Map.of("a", "1")));
      Files.writeString(file, "second-key\n");
      poll(poller, Input.of(Map.of("a", "2")));
    }
    assertThat(api.requests())
        .extracting(request -> request.header("X-Key") + " " + request.body())
        .containsExactly(
            "first-key {\"key\":\"first-key\"}", "second-key {\"key\":\"second-key\"}");
  }

  @Test
  void missingFileIsNamed() {
    Path file = directory.resolve("missing");
    RestConfig config = config(Options.of("header.X-Key", "@"), "${file:" + file + "}");
    try (RestPoller poller = RestPoller.open(config)) {
      assertThat(catchThrowable(() -> poll(poller, Input.EMPTY)).getCause())
          .hasMessage("The header 'X-Key' names the file '%s', which does not exist.", file);
    }
  }

  @Test
  void valueThatNoHeaderHoldsIsRefusedByName() throws Exception {
    Path file = Files.writeString(directory.resolve("key"), "one\ntwo");
    RestConfig config = config(Options.of("header.X-Key", "@"), "${file:" + file + "}");
    try (RestPoller poller = RestPoller.open(config)) {
      assertThat(catchThrowable(() -> poll(poller, Input.EMPTY)).getCause())
          .hasMessage(
              "The request for the input {} cannot be made: Placeholder"
                  + " '%000_of_The_header_X_Key_' of a header must hold printable ASCII"
                  + " characters, spaces and tabs, but holds U+000A at index 3.");
    }
  }

  @Test
  void quotationThatIsCutOffShowsNoBeginning() throws Exception {
    String key = "k".repeat(60) + PLAIN;
    api.serve(
        "/log", request -> Answer.status(403).body("x".repeat(270) + request.header("X-API-Key")));
    String shown = shown(config(Options.of("authType", "ApiKey", "apiKey", key), PLAIN));
    assertThat(shown).contains("x****...").doesNotContain("kkkk");
  }

  private static Polled poll(RestPoller poller, Input input) throws Exception {
    return poller.poll(input, poller.start()).get(30, TimeUnit.SECONDS);
  }

  /** All that a person or an engine gets to see of a poll that fails. */
  private static String shown(RestConfig config) {
    StringWriter shown = new StringWriter();
    try (RestPoller poller = RestPoller.open(config)) {
      Throwable failure = catchThrowable(() -> poll(poller, Input.EMPTY));
      failure.printStackTrace(new PrintWriter(shown, true));
      shown.append(String.valueOf(poller.counters())).append(config.toString());
    }
    return shown.toString();
  }
}
