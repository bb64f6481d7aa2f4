package io.reststream.flink.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
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
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(path + " was answered with " + response.body());
    }
    return JSON.readTree(response.body());
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
