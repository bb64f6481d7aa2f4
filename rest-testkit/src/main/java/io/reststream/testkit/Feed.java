package io.reststream.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An append-only list of records that a test publishes and an {@link Endpoint} serves; also the
 * oracle of what a reader must have received.
 *
 * <pre>{@code
 * Feed orders = api.feed("orders");
 * orders.append("{\"id\":9007199254740993,\"ts\":1.50}");
 * orders.appendEvents(100);
 * }</pre>
 *
 * <p>Safe for use by several threads; a request sees either all or nothing of one append.
 */
public final class Feed {

  private final String name;
  private final Signal signal;
  private final List<FeedRecord> everything;
  private final List<FeedRecord> records = new ArrayList<>();
  private EventFormat format = EventFormat.DEFAULT;
  private boolean asked;
  private int timesReadToTheEnd;

  /** {@code everything} is the list of all feeds' records, guarded by {@code signal} too. */
  Feed(String name, Signal signal, List<FeedRecord> everything) {
    this.name = name;
    this.signal = signal;
    this.everything = everything;
  }

  /** The name; empty for the API's default feed. */
  public String name() {
    return name;
  }

  /** Sets how {@link #appendEvents} and {@link #appendEvent} write events from now on. */
  public Feed format(EventFormat newFormat) {
    return signal.update(
        () -> {
          format = newFormat;
          return this;
        });
  }

  /** Publishes records given as JSON text, exactly as written. */
  public List<FeedRecord> append(String... json) {
    return append(List.of(json));
  }

  /**
   * Publishes records given as JSON text, exactly as written.
   *
   * @throws IllegalArgumentException if one is not JSON; nothing is published then
   */
  public List<FeedRecord> append(List<String> json) {
    return signal.update(
        () -> {
          long next = records.size() + 1L;
          List<FeedRecord> added =
              IntStream.range(0, json.size())
                  .mapToObj(i -> new FeedRecord(name, next + i, json.get(i)))
                  .toList();
          records.addAll(added);
          everything.addAll(added);
          return added;
        });
  }

  /** Publishes {@code count} events, each one second after the one before it. */
  public List<FeedRecord> appendEvents(int count) {
    return signal.update(
        () -> {
          long next = records.size() + 1L;
          Stream<String> events =
              IntStream.range(0, count)
                  .mapToObj(i -> format.json(next + i, ManualClock.EPOCH.plusSeconds(next + i)));
          return append(events.toList());
        });
  }

  /** Publishes one event of the given time, for ties and late records. */
  public FeedRecord appendEvent(Instant time) {
    return signal.update(() -> append(List.of(format.json(records.size() + 1L, time))).get(0));
  }

  /** All records published so far, in the order of their publication. */
  public List<FeedRecord> published() {
    return signal.read(() -> List.copyOf(records));
  }

  List<FeedRecord> ask() {
    return signal.update(
        () -> {
          asked = true;
          return List.copyOf(records);
        });
  }

  void countReadToTheEnd() {
    signal.update(() -> ++timesReadToTheEnd);
  }

  boolean inUse() {
    return signal.read(() -> asked || !records.isEmpty());
  }

  int timesReadToTheEnd() {
    return signal.read(() -> timesReadToTheEnd);
  }

  @Override
  public String toString() {
    return "Feed '" + name + "'";
  }
}
