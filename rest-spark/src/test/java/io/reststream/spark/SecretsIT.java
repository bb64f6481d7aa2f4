package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.testkit.Answer;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.ExplainMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Spark prints of a read; values that are called secrets it would hide by itself. */
@Timeout(300)
class SecretsIT {
  @TempDir Path directory;
  private final FakeApi api = FakeApi.start();
  private final Map<String, String> options;

  SecretsIT() {
    api.serve(Endpoint.at("/items").since("start_id", "id"));
    api.feed().appendEvents(1);
    options =
        Map.of(
            "url", api.url("/items?start_id={id}&api_key=HUSH"),
            "offsetType", "incremental",
            "offsetField", "id");
  }

  @AfterEach
  void close() {
    LocalSpark.session().conf().unset(SqlSecretsIT.REDACTION);
    api.close();
  }

  @Test
  void aPlanShowsTheUrlWithoutThem() {
    assertThat(plan(LocalSpark.batch(options)))
        .contains("/items?start_id={id}&api_key=****")
        .doesNotContain("HUSH");
    assertThat(plan(LocalSpark.stream(options))).doesNotContain("HUSH");
  }

  private static String plan(Dataset<Row> data) {
    return data.queryExecution().explainString(ExplainMode.fromString("extended"));
  }

  @Test
  void theProgressOfAQueryShowsTheUrlWithoutThem() throws Exception {
    StreamingQuery query =
        new Batches()
            .of(LocalSpark.stream(options), directory)
            .trigger(Trigger.AvailableNow())
            .start();
    LocalSpark.finish(query);

    assertThat(query.lastProgress().sources()[0].description())
        .endsWith("/items?start_id={id}&api_key=****");
    assertThat(query.lastProgress().json()).doesNotContain("HUSH");
  }

  @Test
  void noCredentialComesOutAnywhere() throws Exception {
    Map<String, String> secured = new HashMap<>(options);
    secured.putAll(
        Map.of(
            "url", api.url("/items?start_id={id}"),
            "authType", "Basic",
            "userId", "me",
            "userPassword", "HUSH-pass",
            "cookie", "session=HUSH-cookie",
            "header.X-Key", "HUSH-key"));
    assertThat(plan(LocalSpark.batch(secured))).doesNotContain("HUSH");
    assertThat(plan(LocalSpark.stream(secured))).contains("HUSH-cookie", "HUSH-key");
    LocalSpark.session().conf().set(SqlSecretsIT.REDACTION, SqlSecretsIT.REGEX);
    assertThat(plan(LocalSpark.stream(secured))).contains("authType").doesNotContain("HUSH");
    LocalSpark.session().conf().unset(SqlSecretsIT.REDACTION);
    StreamingQuery query =
        new Batches()
            .of(LocalSpark.stream(secured), directory)
            .trigger(Trigger.AvailableNow())
            .start();
    LocalSpark.finish(query);
    assertThat(api.requests().get(0).header("Cookie")).isEqualTo("session=HUSH-cookie");
    assertThat(query.lastProgress().json()).doesNotContain("HUSH");
    assertThat(filesWith("HUSH")).isEmpty();

    api.serve(
        "/items",
        request -> Answer.status(403).body("your headers: " + request.headers().values()));
    StreamingQuery failing =
        new Batches()
            .of(LocalSpark.stream(secured), directory)
            .trigger(Trigger.AvailableNow())
            .start();
    Throwable failure = catchThrowable(() -> LocalSpark.finish(failing));
    StringWriter shown = new StringWriter();
    failure.printStackTrace(new PrintWriter(shown, true));
    assertThat(shown + failing.toString())
        .contains("status 403", "session=****")
        .doesNotContain("HUSH", "bWU6SFVTSC1wYXNz");
    assertThat(filesWith("HUSH")).isEmpty();
  }

  private List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
