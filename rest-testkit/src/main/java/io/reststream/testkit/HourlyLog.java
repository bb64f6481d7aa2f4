package io.reststream.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Serves, at {@code /log}, a record for each half hour of the last days, of what lies between two
 * times, both inclusive; and can hold back what it is asked for.
 *
 * <pre>{@code
 * HourlyLog log = new HourlyLog(api, 64);
 * // read with log.options()
 * log.awaitUnderWay(2, Duration.ofSeconds(10));
 * log.release();
 * }</pre>
 */
public final class HourlyLog {
  private final Signal signal = new Signal();
  private final FakeApi api;
  private final Instant start;
  private final List<String> answered = new ArrayList<>();
  private boolean released;
  private int underWay;
  private int held;
  private int most;

  /** Of so many hours, each of which is over. */
  public HourlyLog(FakeApi api, int hours) {
    this.api = api;
    this.start =
        Instant.now()
            .minus(Duration.ofMinutes(2))
            .truncatedTo(ChronoUnit.SECONDS)
            .minus(Duration.ofHours(hours));
    List<String> records = new ArrayList<>();
    for (int half = 0; half < 2 * hours; half++) {
      Instant time = start.plus(Duration.ofMinutes(30L * half));
      records.add("{\"id\":%d,\"at\":\"%s\"}".formatted(half, time));
    }
    api.feed().append(records);
    api.serve(Endpoint.at("/log").since("from", "at").upTo("to"));
    api.beforeAnswer(this::hold);
    api.afterAnswer(this::leave);
  }

  /** The options to read it by, an hour in a window. */
  public Map<String, String> options() {
    return new HashMap<>(
        Map.of(
            "url", api.url("/log?from={windowStart}&to={windowEnd}"),
            "offsetField", "at",
            "windowSize", "1h",
            "initialOffset", start.toString(),
            "streamingInterval", "50ms"));
  }

  /** Its records, the oldest first. */
  public List<String> records() {
    return FeedRecord.texts(api.published());
  }

  /** The second hour of each two is held back; what is shorter than an hour is not. */
  private void hold(Request request) {
    signal.update(
        () -> {
          underWay++;
          most = Math.max(most, underWay);
          return most;
        });
    Instant from = Instant.parse(request.param("from"));
    Duration length = Duration.between(from, Instant.parse(request.param("to")));
    boolean second = Duration.between(start, from).toHours() % 2 == 1;
    try {
      if (second && length.toMinutes() > 1) {
        signal.update(() -> held++);
        signal.await(() -> released, Duration.ofMinutes(5));
      }
    } catch (InterruptedException apiWasClosed) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave(Request request) {
    signal.update(
        () -> {
          underWay--;
          return answered.add(request.param("from") + "/" + request.param("to"));
        });
  }

  /** Answers everything from now on. */
  public void release() {
    signal.update(() -> released = true);
  }

  /**
   * Waits until so many requests are held back, and no others are under way.
   *
   * @throws AssertionError if they are not within {@code limit}
   */
  public void awaitUnderWay(int count, Duration limit) throws InterruptedException {
    if (!signal.await(() -> held >= count && underWay == held, limit)) {
      throw new AssertionError(
          "Expected %d requests at once within %s, but %d came".formatted(count, limit, underWay));
    }
  }

  /** How many requests were under way at once, at most. */
  public int mostUnderWay() {
    return signal.read(() -> most);
  }

  /** The windows that were answered so far, {@code from/to}, without looks at an edge. */
  public List<String> answeredHours() {
    return signal.read(
        () ->
            answered.stream()
                .filter(
                    window -> {
                      String[] edges = window.split("/");
                      return Duration.between(Instant.parse(edges[0]), Instant.parse(edges[1]))
                              .toMinutes()
                          == 60;
                    })
                .toList());
  }
}
