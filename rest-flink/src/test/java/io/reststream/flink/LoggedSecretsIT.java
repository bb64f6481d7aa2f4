package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.flink.deserializer.RestDeserializer;
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
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an engine logs of a source that has credentials, whatever becomes of it. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LoggedSecretsIT {
  /** A password that goes out as Base64, which is no less of a secret. */
  private static final String PASSWORD = "SECRET-pass";

  private static final String ENCODED = "bWU6U0VDUkVULXBhc3M";

  @TempDir Path directory;
  private final FakeApi api = FakeApi.start();
  private final TokenServer tokens = TokenServer.at("/token").client("the-id", "SECRET-client");

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
  void noneIsLoggedByAJobThatSucceeds(MiniFlink.Running flink) throws Exception {
    api.fault("/items", Fault.status(503).body("SECRET-client SECRET-cookie SECRET-key"));
    try (CapturedLog log = CapturedLog.open()) {
      Received<String> received = new Received<>();
      try (Job job = start(flink, oauth(), received)) {
        assertThat(received.await(1, Job.LIMIT, job)).hasSize(1);
        assertThat(job.stop(directory)).isNotEmpty();
      }
      assertThat(api.requests("/items").get(1).header("Cookie")).isEqualTo("session=SECRET-cookie");
      assertThat(tokens.token()).isNotNull();
      assertThat(log.text()).contains("INFO").doesNotContain("SECRET", tokens.token());
    }
  }

  @Test
  void noneIsLoggedWhereTheApiRefusesAndQuotesThem(MiniFlink.Running flink) throws Exception {
    api.serve("/items", LoggedSecretsIT::refuse);
    Map<String, String> basic = plain();
    basic.putAll(Map.of("authType", "Basic", "userId", "me", "userPassword", PASSWORD));
    try (CapturedLog log = CapturedLog.open()) {
      assertThat(failure(flink, basic)).contains("status 401", "session=****");
      assertThat(log.text())
          .contains("status 401", "session=****")
          .doesNotContain("SECRET", ENCODED);
    }
    try (CapturedLog log = CapturedLog.open()) {
      assertThat(failure(flink, oauth())).contains("status 401", "session=****");
      assertThat(tokens.token()).isNotNull();
      assertThat(log.text())
          .contains("status 401", "session=****")
          .doesNotContain("SECRET", tokens.token());
    }
  }

  private static Answer refuse(Request request) {
    return Answer.status(401).body("your headers: " + request.headers().values());
  }

  @Test
  void noneIsLoggedWhereTheTokenEndpointFailsAndQuotesThem(MiniFlink.Running flink)
      throws Exception {
    Map<String, String> options = oauth();
    options.put("oauthClientAuth", "body");
    for (int status : new int[] {400, 503}) {
      api.serve("/token", request -> Answer.status(status).body("you said: " + request.body()));
      try (CapturedLog log = CapturedLog.open()) {
        assertThat(failure(flink, options)).contains("status " + status, "client_secret=****");
        assertThat(log.text())
            .contains("status " + status, "client_secret=****")
            .doesNotContain("SECRET");
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
            "cookie", "session=SECRET-cookie",
            "header.X-Key", "SECRET-key"));
  }

  private Map<String, String> oauth() throws IOException {
    Path secret = Files.writeString(directory.resolve("client"), "SECRET-client\n");
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

  private static String failure(MiniFlink.Running flink, Map<String, String> options)
      throws Exception {
    try (Job job = start(flink, options, new Received<>())) {
      StringWriter shown = new StringWriter();
      catchThrowable(job::result).printStackTrace(new PrintWriter(shown, true));
      return shown.toString();
    }
  }

  private static Job start(
      MiniFlink.Running flink, Map<String, String> options, Received<String> received)
      throws Exception {
    StreamExecutionEnvironment env = flink.environment(1);
    RestSourceBuilder<String> source =
        RestSource.<String>builder().deserializer(RestDeserializer.string());
    options.forEach(source::option);
    received.from(TenantApi.read(env, source.build()));
    return Job.start(env);
  }
}
