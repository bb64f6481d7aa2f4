package io.reststream.examples;

import io.reststream.testkit.Answer;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.EventFormat;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.FeedRecord;
import io.reststream.testkit.Tail;
import io.reststream.testkit.TimestampFormat;
import java.io.IOException;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/**
 * An API inside this JVM for the examples: the same events, asked for by time, by cursor or by id.
 *
 * <pre>
 * GET /events?since=0       {"events": [{"id": 1, "timestamp": 1704067201, "event_type": "important"}, ...]}
 * GET /data?cursor=start    {"results": [...], "next_cursor": "..."}
 * GET /items?start_id=0     [...]
 * GET /users?id=7           {"name": "user 7"}
 * </pre>
 */
public final class ExampleApi implements AutoCloseable {
  private static final int EVENTS_AT_START = 5;
  private static final long MILLIS_BETWEEN_EVENTS = 500;

  private final FakeApi api;
  private final Timer timer = new Timer("example-api", true);

  private ExampleApi(FakeApi api) {
    this.api = api;
    api.serve(
        Endpoint.at("/events").since("since", "timestamp").data("events"),
        Endpoint.at("/data")
            .pageSize(10)
            .data("results")
            .cursor("cursor", "next_cursor", Tail.NULL),
        Endpoint.at("/items").since("start_id", "id"));
    api.serve(
        "/users", asked -> Answer.json("{\"name\": \"user %s\"}".formatted(asked.param("id"))));
    api.feed()
        .format(
            EventFormat.DEFAULT
                .timestamp("timestamp", TimestampFormat.EPOCH_SECONDS)
                .payload(
                    id -> "\"event_type\":\"%s\"".formatted(id % 2 == 0 ? "usual" : "important")));
  }

  /** An API without events. */
  public static ExampleApi start() {
    return new ExampleApi(FakeApi.start());
  }

  /** An API with some events, and two more each second. */
  public static ExampleApi growing() {
    return growing(FakeApi.start());
  }

  /**
   * The same at a port that is known beforehand.
   *
   * @param port from 0 to 65535, 0 for a free one
   * @throws IOException if the port is taken
   */
  public static ExampleApi growingAt(int port) throws IOException {
    return growing(FakeApi.startAt(port));
  }

  private static ExampleApi growing(FakeApi api) {
    ExampleApi example = new ExampleApi(api);
    example.append(EVENTS_AT_START);
    example.timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            example.append(1);
          }
        },
        MILLIS_BETWEEN_EVENTS,
        MILLIS_BETWEEN_EVENTS);
    return example;
  }

  /** Where it listens, such as {@code http://127.0.0.1:40000}. */
  public String url() {
    return api.url();
  }

  /** Publishes events. */
  public void append(int events) {
    var unused = api.feed().appendEvents(events);
  }

  /** The JSON of all events published so far. */
  public List<String> published() {
    return api.published().stream().map(FeedRecord::json).toList();
  }

  @Override
  public void close() {
    timer.cancel();
    api.close();
  }
}
