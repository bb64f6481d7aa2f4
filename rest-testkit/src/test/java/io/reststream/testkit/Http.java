package io.reststream.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The plain client that these tests ask the API with. */
final class Http {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Http() {}

  static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
    return CLIENT.send(request(url).build(), BodyHandlers.ofByteArray());
  }

  /** As {@link #get(String)}, but the whole answer has to come within a time. */
  static HttpResponse<byte[]> get(String url, Duration limit)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        CLIENT.sendAsync(request(url).build(), BodyHandlers.ofByteArray());
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no whole answer within " + limit, e);
    }
  }

  static HttpResponse<byte[]> post(String url, String body)
      throws IOException, InterruptedException {
    return send("POST", url, body, null);
  }

  static HttpResponse<byte[]> send(
      String method, String url, @Nullable String body, @Nullable String type)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(url)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (type != null) {
      request.header("Content-Type", type);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
  }

  static String text(String url) throws IOException, InterruptedException {
    return new String(get(url).body(), StandardCharsets.UTF_8);
  }

  static JsonNode json(String url) throws IOException, InterruptedException {
    return FeedRecord.parse(text(url));
  }
}
