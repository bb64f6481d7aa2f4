package io.reststream.core;

import io.reststream.core.config.WindowSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which window a position asks for, and from when on it may. */
final class Windows {
  private final WindowSettings settings;
  private final ReadMode mode;

  Windows(WindowSettings settings, ReadMode mode) {
    this.settings = settings;
    this.mode = mode;
  }

  /**
   * The same position, its window fixed from the start to the end.
   *
   * @throws RequestException if the stream starts in the future
   */
  Position ready(Position position, Instant now) {
    Window window = position.window();
    if (window == null) {
      requirePast(settings, now);
      window = Window.first(settings.initial(), null);
    }
    if (window.isOver()) {
      window = window.withUntil(null);
    }
    if (mode == ReadMode.BATCH && window.until() == null) {
      window = window.withUntil(until(settings, window.start(), now));
    }
    return position.with(window.end() == null ? window.withEnd(end(window)) : window);
  }

  /** Refuses a stream that starts in the future. */
  static void requirePast(WindowSettings settings, Instant now) {
    if (settings.initial().isAfter(now)) {
      throw new RequestException(
          "Option 'initialOffset' is %s, which lies in the future: it is %s."
              .formatted(settings.initial(), now));
    }
  }

  /** Where a bounded read ends that begins now: in the last closed moment, but not at once. */
  static Instant until(WindowSettings settings, Instant start, Instant now) {
    Instant closed = settings.truncated(now.minus(settings.lag()));
    Instant least = start.plus(settings.unit());
    return closed.isBefore(least) ? least : closed;
  }

  private Instant end(Window window) {
    Duration step = window.step();
    Instant end = window.start().plus(step == null ? settings.size() : step);
    Instant until = window.until();
    return until != null && until.isBefore(end) ? until : end;
  }

  /** The wait until a position's window is closed; null if it is. */
  @Nullable Wait due(Position ready, Instant now) {
    Instant end = Objects.requireNonNull(Objects.requireNonNull(ready.window()).end());
    Instant closed = end.plus(settings.lag());
    return now.isBefore(closed)
        ? new Wait(closed, "the window that ends at %s is not closed".formatted(end), true)
        : null;
  }

  /** Where a position's window starts, as it is asked for. */
  Instant sentStart(Position ready) {
    Instant start = Objects.requireNonNull(ready.window()).start();
    boolean shifted = settings.exclusive() && start.isAfter(settings.initial());
    return shifted ? start.minus(settings.unit()) : start;
  }

  /** Where a position's window ends. */
  Instant sentEnd(Position ready) {
    return Objects.requireNonNull(Objects.requireNonNull(ready.window()).end());
  }

  /** From where on delivered records may come again in the window that starts at an end. */
  Instant line(Instant end) {
    Instant edge = settings.exclusive() ? end.minus(settings.unit()) : end;
    // A record may show its time in whole seconds where the API compares it exactly.
    return Instant.ofEpochSecond(edge.getEpochSecond());
  }

  /**
   * Whether the windows that follow one may answer whatever it, and those before it, delivered: as
   * parts of one that was halved, or since they are asked for from before its start.
   */
  boolean mayAllComeAgain(Window window) {
    Instant end = Objects.requireNonNull(window.end());
    boolean known = window.known() != null && window.known().isAfter(end);
    return known || (settings.exclusive() && end.minus(settings.unit()).isBefore(window.start()));
  }

  @Nullable Integer cap() {
    return settings.cap();
  }

  Duration unit() {
    return settings.unit();
  }

  /** The window after one that was read to its end. */
  Window after(Window window, Instant askedAt) {
    Instant end = Objects.requireNonNull(window.end());
    Instant known = window.known() != null && window.known().isAfter(end) ? window.known() : null;
    Duration step = window.edge() ? window.step() : grown(window.step(), window.records());
    Window next = new Window(end, null, step, window.until(), false, false, 0, known);
    Instant until = next.until();
    return next.withMore(
        until != null ? end.isBefore(until) : !end(next).plus(settings.lag()).isAfter(askedAt));
  }

  /** Windows are twice as long again after one that twice as many records would have fitted in. */
  private @Nullable Duration grown(@Nullable Duration step, long records) {
    Integer cap = settings.cap();
    if (step == null || cap == null || records >= cap / 2) {
      return step;
    }
    Duration twice = step.multipliedBy(2);
    return twice.compareTo(settings.size()) < 0 ? twice : null;
  }

  /** The first half of a window that was too full; null if it is as short as can be. */
  @Nullable Window half(Window window) {
    Instant end = Objects.requireNonNull(window.end());
    Duration length = Duration.between(window.start(), end);
    Duration unit = settings.unit();
    if (length.compareTo(unit) <= 0) {
      return null;
    }
    Duration half = unit.multipliedBy(Math.max(1, length.dividedBy(2).dividedBy(unit)));
    Instant known = window.known() != null && window.known().isAfter(end) ? window.known() : end;
    return new Window(window.start(), null, half, window.until(), true, window.edge(), 0, known);
  }
}
