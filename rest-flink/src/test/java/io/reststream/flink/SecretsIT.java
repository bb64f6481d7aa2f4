package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reststream.testkit.Answer;
import io.reststream.testkit.Request;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What Flink shows and saves of a source that has credentials. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SecretsIT {
  @TempDir Path savepoints;

  @Test
  void noCredentialComesOutAnywhere(MiniFlink.Running flink) throws Exception {
    try (TenantApi api = new TenantApi(3)) {
      api.append(0, 1, 7);
      Received<String> received = new Received<>();
      StreamExecutionEnvironment env = secured(flink, api, received);
      assertThat(env.getExecutionPlan()).doesNotContain("SECRET");
      try (Job job = Job.start(env)) {
        assertThat(received.await(7, Job.LIMIT, job)).isEqualTo(api.published());
        String savepoint = job.stop(savepoints);
        assertThat(savepoint).isNotEmpty();
      }
      assertThat(api.api().requests().get(0).header("Authorization")).startsWith("Basic ");
      assertThat(filesWith("SECRET")).isEmpty();

      api.api().serve(TenantApi.path(0), SecretsIT::refuse);
      try (Job job = Job.start(secured(flink, api, new Received<>()))) {
        Throwable failure = catchThrowable(job::result);
        StringWriter shown = new StringWriter();
        failure.printStackTrace(new PrintWriter(shown, true));
        assertThat(shown.toString())
            .contains("status 403", "session=****")
            .doesNotContain("SECRET", "bWU6U0VDUkVULXBhc3M");
      }
    }
  }

  @Test
  void noCredentialIsShownByTheWebInterface(MiniFlink.Running flink) throws Exception {
    try (TenantApi api = new TenantApi(3)) {
      api.append(0, 1, 7);
      Received<String> received = new Received<>();
      try (Job job = Job.start(secured(flink, api, received))) {
        assertThat(received.await(7, Job.LIMIT, job)).hasSize(7);
        assertThat(shown(flink, job)).contains("RUNNING", "rest.requests").doesNotContain("SECRET");
      }
      api.api().serve(TenantApi.path(0), SecretsIT::refuse);
      // Another job, since Flink shows for some seconds what it has shown of one before.
      try (Job job = Job.start(secured(flink, api, new Received<>()))) {
        assertThat(catchThrowable(job::result)).isNotNull();
        assertThat(shown(flink, job))
            .contains("FAILED", "status 403", "session=****")
            .doesNotContain("SECRET", "bWU6U0VDUkVULXBhc3M");
      }
    }
  }

  private static Answer refuse(Request request) {
    return Answer.status(403).body("your headers: " + request.headers().values());
  }

  /** All that there is to see of a job and its tasks. */
  private static String shown(MiniFlink.Running flink, Job job) throws Exception {
    String base = flink.cluster().getRestAddress().get() + "/jobs/" + job.client().getJobID();
    String overview = text(base);
    StringBuilder shown = new StringBuilder(overview);
    for (String page :
        List.of("/config", "/plan", "/exceptions", "/checkpoints", "/accumulators")) {
      shown.append(text(base + page));
    }
    for (JsonNode vertex : new ObjectMapper().readTree(overview).path("vertices")) {
      String tasks = base + "/vertices/" + vertex.path("id").textValue();
      for (String page : List.of("", "/metrics", "/subtasks/metrics", "/accumulators")) {
        shown.append(text(tasks + page));
      }
    }
    shown.append(flink.metrics().getMetricsByIdentifiers(job.client().getJobID()).keySet());
    return shown.toString();
  }

  private static String text(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(url).isEqualTo(200);
    return response.body();
  }

  private static StreamExecutionEnvironment secured(
      MiniFlink.Running flink, TenantApi api, Received<String> received) {
    StreamExecutionEnvironment env = flink.environment(1);
    received.from(
        TenantApi.read(
            env,
            api.source(0)
                .option("authType", "Basic")
                .option("userId", "me")
                .option("userPassword", "SECRET-pass")
                .option("cookie", "session=SECRET-cookie")
                .option("header.X-Key", "SECRET-key")
                .build()));
    return env;
  }

  private List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(savepoints)) {
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
