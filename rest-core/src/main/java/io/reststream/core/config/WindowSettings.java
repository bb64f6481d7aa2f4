package io.reststream.core.config;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the options say about windows.
 *
 * @param size how long a window is
 * @param lag how far in the past its end must lie
 * @param cap how many records of a window mean that there may be more; null if none do
 * @param initial where the first one starts, in whole steps of {@code precision}
 * @param precision how exactly edges are sent
 * @param exclusive whether the API leaves out what is at the start of a window
 */
public record WindowSettings(
    Duration size,
    Duration lag,
    @Nullable Integer cap,
    Instant initial,
    Duration precision,
    boolean exclusive) {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** How short a window may become: a second, unless edges are sent less exactly. */
  public Duration unit() {
    Duration shortest = size.compareTo(SECOND) < 0 ? size : SECOND;
    return shortest.compareTo(precision) < 0 ? precision : shortest;
  }

  /** The last time before another that can be sent as it is. */
  public Instant truncated(Instant time) {
    return truncated(time, precision);
  }

  static Instant truncated(Instant time, Duration precision) {
    long millis = precision.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), millis) * millis);
  }
}
