package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.testkit.Answer;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Request;
import io.reststream.testkit.TokenServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an engine logs of a source that has credentials, whatever becomes of it. They are not called
 * secrets: Spark hides by itself what holds such a word.
 */
@Timeout(300)
class LoggedSecretsIT {
  /** A password that goes out as Base64, which is no less of a secret. */
  private static final String PASSWORD = "HUSH-pass";

  private static final String ENCODED = "bWU6SFVTSC1wYXNz";

  @TempDir Path directory;
  private final FakeApi api = FakeApi.start();
  private final TokenServer tokens = TokenServer.at("/token").client("the-id", "HUSH-client");

  LoggedSecretsIT() {
    tokens.startOn(api);
    api.serve(Endpoint.at("/items").since("start_id", "id"), tokens::guard);
    api.feed().appendEvents(1);
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void noneIsLoggedByAJobThatSucceeds() throws Exception {
    api.fault("/items", Fault.status(503).body("HUSH-client HUSH-cookie HUSH-key"));
    try (CapturedLog log = CapturedLog.open()) {
      LocalSpark.drainToParquet(oauth(), directory);
      assertThat(LocalSpark.outputs(directory)).hasSize(1);
      assertThat(api.requests("/items").get(1).header("Cookie")).isEqualTo("session=HUSH-cookie");
      assertThat(tokens.token()).isNotNull();
      assertThat(log.text()).contains("INFO").doesNotContain("HUSH", tokens.token());
    }
  }

  @Test
  void noneIsLoggedWhereTheApiRefusesAndQuotesThem() throws Exception {
    api.serve("/items", LoggedSecretsIT::refuse);
    Map<String, String> basic = plain();
    basic.putAll(Map.of("authType", "Basic", "userId", "me", "userPassword", PASSWORD));
    try (CapturedLog log = CapturedLog.open()) {
      assertThat(failure(basic)).contains("status 401", "session=****");
      assertThat(log.text()).contains("status 401", "session=****").doesNotContain("HUSH", ENCODED);
    }
    try (CapturedLog log = CapturedLog.open()) {
      assertThat(failure(oauth())).contains("status 401", "session=****");
      assertThat(tokens.token()).isNotNull();
      assertThat(log.text())
          .contains("status 401", "session=****")
          .doesNotContain("HUSH", tokens.token());
    }
  }

  private static Answer refuse(Request request) {
    return Answer.status(401).body("your headers: " + request.headers().values());
  }

  @Test
  void noneIsLoggedWhereTheTokenEndpointFailsAndQuotesThem() throws Exception {
    Map<String, String> options = oauth();
    options.put("oauthClientAuth", "body");
    for (int status : new int[] {400, 503}) {
      api.serve("/token", request -> Answer.status(status).body("you said: " + request.body()));
      try (CapturedLog log = CapturedLog.open()) {
        assertThat(failure(options)).contains("status " + status, "client_secret=****");
        assertThat(log.text())
            .contains("status " + status, "client_secret=****")
            .doesNotContain("HUSH");
      }
    }
  }

  private Map<String, String> plain() {
    return new HashMap<>(
        Map.of(
            "url", api.url("/items?start_id={id}"),
            "offsetType", "incremental",
            "offsetField", "id",
            "maxRetries", "1",
            "retryBaseDelay", "1ms",
            "cookie", "session=HUSH-cookie",
            "header.X-Key", "HUSH-key"));
  }

  private Map<String, String> oauth() throws IOException {
    Path secret = Files.writeString(directory.resolve("client"), "HUSH-client\n");
    Map<String, String> options = plain();
    options.putAll(
        Map.of(
            "authType",
            "OAuth2",
            "oauthTokenUrl",
            api.url("/token"),
            "oauthClientId",
            "the-id",
            "oauthClientSecret",
            "${file:" + secret + "}"));
    return options;
  }

  /** A stream's failure and a batch's, as they are shown. */
  private String failure(Map<String, String> options) throws Exception {
    Path place = Files.createTempDirectory(directory, "failing");
    StreamingQuery query =
        LocalSpark.toParquet(LocalSpark.stream(options), place)
            .trigger(Trigger.AvailableNow())
            .start();
    return shown(catchThrowable(() -> LocalSpark.finish(query)))
        + shown(catchThrowable(() -> LocalSpark.batch(options).collectAsList()));
  }

  private static String shown(Throwable failure) {
    StringWriter shown = new StringWriter();
    failure.printStackTrace(new PrintWriter(shown, true));
    return shown.toString();
  }
}
