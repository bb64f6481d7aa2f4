package io.reststream.flink.reader;

import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Answers as the test says: at once, or when the test gets round to it. */
final class FakeTransport implements Transport {

  /** A request and the future that its sender holds. */
  record Exchange(URI uri, CompletableFuture<RestResponse> future) {
    void answer(String body) {
      future.complete(response(200, body));
    }
  }

  private final List<Exchange> exchanges = new ArrayList<>();
  private @Nullable Function<URI, String> api;

  /** From now on every request is answered at once. */
  FakeTransport answering(Function<URI, String> answers) {
    api = answers;
    return this;
  }

  @Override
  public synchronized CompletableFuture<RestResponse> send(RestRequest request) {
    CompletableFuture<RestResponse> future = new CompletableFuture<>();
    exchanges.add(new Exchange(request.uri(), future));
    notifyAll();
    if (api != null) {
      future.complete(response(200, api.apply(request.uri())));
    }
    return future;
  }

  static RestResponse response(int status, String body) {
    return new RestResponse(
        status,
        Map.of("Content-Type", List.of("application/json")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** All requests so far. */
  synchronized List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** The addresses asked so far. */
  List<String> asked() {
    return exchanges().stream().map(exchange -> exchange.uri().toString()).toList();
  }

  /** Waits for the request of this number, from 0. */
  synchronized Exchange await(int number) throws InterruptedException {
    while (exchanges.size() <= number) {
      wait();
    }
    return exchanges.get(number);
  }

  @Override
  public void close() {}

  /** An answer with these records: {@code [{"id":3},{"id":4}]}. */
  static String ids(long first, int count) {
    return LongStream.range(first, first + count)
        .mapToObj("{\"id\":%d}"::formatted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** The texts of the records of {@link #ids}. */
  static List<String> texts(long first, int count) {
    return IntStream.range(0, count).mapToObj(i -> "{\"id\":%d}".formatted(first + i)).toList();
  }
}
