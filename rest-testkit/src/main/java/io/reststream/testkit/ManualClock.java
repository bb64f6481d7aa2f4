package io.reststream.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that stands still until a test moves it, so that hours pass in microseconds.
 *
 * <pre>{@code
 * ManualClock clock = new ManualClock();
 * clock.advance(Duration.ofSeconds(10));
 * }</pre>
 *
 * <p>Starts at {@link #EPOCH} unless told otherwise. Safe for use by several threads.
 */
public final class ManualClock implements InstantSource {

  /** Where a clock starts when nothing else is said: 2024-01-01T00:00:00Z. */
  public static final Instant EPOCH = Instant.parse("2024-01-01T00:00:00Z");

  private Instant now;

  public ManualClock() {
    this(EPOCH);
  }

  public ManualClock(Instant start) {
    now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Moves the clock to {@code instant}, forwards or back, as a corrected wall clock does. */
  public synchronized void set(Instant instant) {
    now = instant;
  }

  /**
   * Moves the clock forwards.
   *
   * @return the new time
   * @throws IllegalArgumentException if {@code by} is negative; {@link #set} moves back
   */
  public synchronized Instant advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("A clock advances by zero or more, but was told " + by);
    }
    now = now.plus(by);
    return now;
  }

  @Override
  public String toString() {
    return "ManualClock at " + instant();
  }
}
