package io.reststream.core;

import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One input read from an API that gives the answers it was told. After each page the position is
 * written as JSON, and read again before the next poll.
 */
final class ScriptedStream implements Transport {
  private RestPoller poller;
  private final ManualClock clock = new ManualClock();
  private final Queue<RestResponse> answers = new ArrayDeque<>();
  private final Map<String, String> given = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> delivered = new ArrayList<>();
  private List<String> warnings = List.of();
  private String position;

  /** A stream of {@code http://api.test/feed}, with these options by name and value. */
  ScriptedStream(String... options) {
    given.put("url", "http://api.test/feed?since={offset}");
    given.put("maxRetries", "0");
    for (int i = 0; i < options.length; i += 2) {
      given.put(options[i], options[i + 1]);
    }
    poller = open();
    position = poller.start().json();
  }

  private RestPoller open() {
    return new RestPoller(RestConfig.parse(given, ReadMode.STREAM), this, clock);
  }

  /** Restarts it with another value of an option. */
  ScriptedStream restartWith(String option, String value) {
    return restartWith(Map.of(option, value));
  }

  /** Restarts it with other values of options. */
  ScriptedStream restartWith(Map<String, String> options) {
    given.putAll(options);
    poller = open();
    return this;
  }

  ScriptedStream answers(int status, String body) {
    answers.add(new RestResponse(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  ScriptedStream answers(String body) {
    return answers(200, body);
  }

  /** Polls until all answers were given, and gives the new records of the last one. */
  List<String> poll() {
    List<String> records = List.of();
    while (!answers.isEmpty()) {
      Polled polled;
      try {
        polled = poller.poll(Input.EMPTY, Position.parse(position)).join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RestException known ? known : e;
      }
      if (polled instanceof Page page) {
        position = page.next().json();
        records = page.records().texts();
        warnings = page.warnings();
        delivered.addAll(records);
      } else if (polled instanceof Wait wait) {
        clock.advance(Duration.between(clock.instant(), wait.until()));
      }
    }
    return records;
  }

  /** Gives one answer, and the new records of its page. */
  List<String> poll(String body) {
    return answers(body).poll();
  }

  /** Whether the next request is made without waiting for the next cycle. */
  boolean goesOnAtOnce() {
    return !(poller.poll(Input.EMPTY, Position.parse(position)).getNow(null) instanceof Wait);
  }

  /** What time does while nobody reads. */
  ScriptedStream later(Duration time) {
    clock.advance(time);
    return this;
  }

  /** The query of the last request, as it was sent. */
  String query() {
    return asked.get(asked.size() - 1);
  }

  int requests() {
    return asked.size();
  }

  Position position() {
    return Position.parse(position);
  }

  /** What the last page warned of. */
  List<String> warnings() {
    return warnings;
  }

  List<String> delivered() {
    return delivered;
  }

  @Override
  public CompletableFuture<RestResponse> send(RestRequest request) {
    asked.add(request.uri().getRawQuery());
    RestResponse answer = answers.poll();
    return answer == null ? new CompletableFuture<>() : CompletableFuture.completedFuture(answer);
  }

  @Override
  public void close() {}

  /** A record. */
  static String record(int id, Object value) {
    return "{\"id\":%d,\"v\":%s}".formatted(id, value);
  }

  /** A page whose cursor or next page is {@code next}; null is null. */
  static String page(String next, String... records) {
    String text = next == null ? "null" : '"' + next + '"';
    return "{\"next\":%s,\"data\":[%s]}".formatted(text, String.join(",", records));
  }

  /** A page of nothing but records. */
  static String page(List<String> records) {
    return "[" + String.join(",", records) + "]";
  }
}
