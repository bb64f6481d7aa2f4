package io.reststream.spark.stream;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.PageInfo;
import io.reststream.core.Polled;
import io.reststream.core.Position;
import io.reststream.core.ReadMode;
import io.reststream.core.Records;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** An API that answers when the test says so. */
final class Script implements Fetcher.Polls {
  /** A position between two cycles. */
  static final Position BETWEEN = positionAfter("{\"data\":[{\"timestamp\":1}],\"next\":null}");

  /** A position in the middle of a cycle. */
  static final Position WITHIN =
      positionAfter("{\"data\":[{\"timestamp\":1}],\"next\":\"http://api/2\"}");

  private final Map<Input, CompletableFuture<Polled>> open = new LinkedHashMap<>();
  private final List<Input> asked = new ArrayList<>();

  static Input input(int number) {
    return Input.parse("{\"n\":" + number + "}");
  }

  /** So many inputs at one position. */
  static Map<Input, Position> inputs(int count, Position position) {
    Map<Input, Position> positions = new LinkedHashMap<>();
    IntStream.range(0, count).forEach(i -> positions.put(input(i), position));
    return positions;
  }

  @Override
  public synchronized CompletableFuture<Polled> poll(Input input, Position position) {
    CompletableFuture<Polled> answer = new CompletableFuture<>();
    if (open.putIfAbsent(input, answer) != null) {
      throw new AssertionError(input + " is asked twice at the same time");
    }
    asked.add(input);
    notifyAll();
    return answer;
  }

  /** All polls so far, in their order. */
  synchronized List<Input> asked() {
    return List.copyOf(asked);
  }

  /** The inputs whose polls have no answer yet. */
  synchronized List<Input> open() {
    return List.copyOf(open.keySet());
  }

  /** Waits until so many polls are without an answer. */
  synchronized void awaitOpen(int count) throws InterruptedException {
    while (open.size() < count) {
      wait();
    }
  }

  /** Waits until an input is asked, and answers. */
  void answer(int number, Polled polled) throws InterruptedException {
    request(number).complete(polled);
  }

  void fail(int number, RuntimeException problem) throws InterruptedException {
    request(number).completeExceptionally(problem);
  }

  synchronized CompletableFuture<Polled> request(int number) throws InterruptedException {
    while (!open.containsKey(input(number))) {
      wait();
    }
    return open.remove(input(number));
  }

  static Page page(int records, Position next) {
    return page(records, 10, next);
  }

  /** A page of an answer that was so many bytes long. */
  static Page page(int records, long bytesOfAnswer, Position next) {
    List<byte[]> bytes =
        IntStream.range(0, records)
            .mapToObj(i -> Integer.toString(i).getBytes(StandardCharsets.UTF_8))
            .toList();
    PageInfo info = new PageInfo("http://api", 200, Instant.EPOCH, 0, bytesOfAnswer, 0, null);
    return new Page(Records.of(bytes), next, info, List.of());
  }

  private static Position positionAfter(String answer) {
    Map<String, String> options = Map.of("url", "http://api/1", "pagination", "nextUrl");
    Transport transport =
        new Transport() {
          @Override
          public CompletableFuture<RestResponse> send(RestRequest request) {
            return CompletableFuture.completedFuture(
                new RestResponse(200, Map.of(), answer.getBytes(StandardCharsets.UTF_8)));
          }

          @Override
          public void close() {}
        };
    RestConfig config = RestConfig.parse(options, ReadMode.STREAM);
    try (RestPoller poller = new RestPoller(config, transport, new ManualClock(), () -> 0)) {
      return ((Page) poller.poll(Input.EMPTY, poller.start()).join()).next();
    }
  }
}
