package io.reststream.core.rate;

import java.time.Duration;
import java.time.Instant;

/**
 * Spaces requests evenly: pure arithmetic that says how long to wait; whoever asks waits. What was
 * not used is not saved up, so that nothing comes in bursts.
 *
 * <pre>{@code
 * Duration wait = limiter.reserve(now);
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class RateLimiter {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private Duration interval;
  private Instant free = Instant.MIN;

  /**
   * A limiter.
   *
   * @param perSecond how many requests may be made in a second, above 0; 0.5 is one in two seconds
   */
  public RateLimiter(double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException(
          "Requests per second (%s) must be more than 0".formatted(perSecond));
    }
    this.perSecond = perSecond;
    this.interval = interval(1);
  }

  private Duration interval(int parts) {
    return Duration.ofNanos((long) Math.ceil(NANOS_PER_SECOND / perSecond * parts));
  }

  /**
   * Takes the next free turn.
   *
   * @return how long to wait for it; zero if it has come
   */
  public synchronized Duration reserve(Instant now) {
    Instant turn = free.isAfter(now) ? free : now;
    free = turn.plus(interval);
    return Duration.between(now, turn);
  }

  /**
   * Gives back the turns that nobody will use.
   *
   * @param last when one was used last; {@link Instant#MIN} if never
   */
  public synchronized void giveBack(Instant last) {
    Instant next = last.plus(interval);
    free = next.isBefore(free) ? next : free;
  }

  /** Whether the next turn is free by now, so that nothing is to be remembered of earlier ones. */
  public synchronized boolean isFree(Instant now) {
    return !free.isAfter(now);
  }

  /** The time between two turns. */
  public synchronized Duration interval() {
    return interval;
  }

  /** Makes this one of so many that share the rate. */
  public synchronized void share(int parts) {
    interval = interval(parts);
  }
}
