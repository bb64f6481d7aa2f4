package io.reststream.core;

import io.reststream.core.config.WindowSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an input's stream that is read on its own, while others are. Only a stream in windows
 * has several: what is closed of it when it starts is cut, so that it can be fetched in parallel.
 *
 * <pre>{@code
 * for (Stretch stretch : Stretch.of(config, clock.instant())) {
 *   read(input, stretch.start()); // until Position.isAtTheEnd
 * }
 * }</pre>
 *
 * @param name what tells it from the others of its input; null for the one that goes on after them
 * @param start the position to start from
 */
public record Stretch(@Nullable String name, Position start) {
  /** How many stretches of all inputs together are worth their splits or tasks. */
  static final int MOST = 32;

  /**
   * The stretches of an input that was never read, the oldest first; the last one has no name.
   *
   * @param now when the stream starts
   * @throws RequestException if the stream starts in the future
   */
  public static List<Stretch> of(RestConfig config, Instant now) {
    Position start = Position.start(config.fingerprint());
    WindowSettings settings = config.windows();
    if (settings == null) {
      return List.of(new Stretch(null, start));
    }
    Windows.requirePast(settings, now);
    Instant first = settings.initial();
    Duration closed = Duration.between(first, now.minus(settings.lag()));
    long windows = closed.isNegative() ? 0 : closed.dividedBy(settings.size());
    int most = Math.max(1, MOST / config.inputs().size());
    int parts = (int) Math.max(1, Math.min(windows, most));
    List<Stretch> stretches = new ArrayList<>();
    Instant from = first;
    for (int i = 1; i <= parts; i++) {
      boolean last = i == parts;
      Instant to = first.plus(settings.size().multipliedBy(windows * i / parts));
      Instant until =
          !last ? to : config.mode() == ReadMode.BATCH ? Windows.until(settings, from, now) : null;
      Window window =
          i == 1 ? Window.first(from, until) : Window.edgeOf(from, settings.unit(), until);
      stretches.add(new Stretch(last ? null : from + "/" + to, start.with(window)));
      from = to;
    }
    return List.copyOf(stretches);
  }
}
