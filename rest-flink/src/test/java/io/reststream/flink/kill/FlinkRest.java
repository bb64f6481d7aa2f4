package io.reststream.flink.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;

/** What the cluster tells about itself through its REST API. */
final class FlinkRest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  FlinkRest(int port) {
    this.port = port;
  }

  int port() {
    return port;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(60));
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(request.uri() + " was answered with " + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** Gives the cluster a job jar, and returns the name under which it is kept there. */
  String upload(Path jar) throws IOException, InterruptedException {
    String boundary = "----the-boundary-of-a-job-jar";
    String before =
        "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\nContent-Type: application/x-java-archive\r\n\r\n"
            .formatted(boundary, jar.getFileName());
    HttpRequest.BodyPublisher body =
        HttpRequest.BodyPublishers.concat(
            HttpRequest.BodyPublishers.ofString(before),
            HttpRequest.BodyPublishers.ofFile(jar),
            HttpRequest.BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    JsonNode answer =
        send(
            request("/jars/upload")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(body)
                .build());
    return Path.of(answer.path("filename").asText()).getFileName().toString();
  }

  /** Runs the main class of a jar that was uploaded. */
  JobID run(String jar, String main, int parallelism, List<String> args)
      throws IOException, InterruptedException {
    String body =
        JSON.writeValueAsString(
            Map.of("entryClass", main, "parallelism", parallelism, "programArgsList", args));
    JsonNode answer =
        send(
            request("/jars/" + jar + "/run")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    return JobID.fromHexString(answer.path("jobid").asText());
  }

  int slots() throws IOException, InterruptedException {
    return get("/overview").path("slots-total").asInt();
  }

  /** Whether every task of a job runs, rather than waits or recovers. */
  boolean allRunning(JobID job) throws IOException, InterruptedException {
    return StreamSupport.stream(get("/jobs/" + job).path("vertices").spliterator(), false)
        .allMatch(
            vertex ->
                vertex.path("tasks").path("RUNNING").asInt() == vertex.path("parallelism").asInt());
  }

  /** The number of the job's newest complete checkpoint; 0 if there is none. */
  long completedCheckpoint(JobID job) throws IOException, InterruptedException {
    return get("/jobs/" + job + "/checkpoints")
        .path("latest")
        .path("completed")
        .path("id")
        .asLong(0);
  }
}
