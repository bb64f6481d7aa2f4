package io.reststream.core.rate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has which turn at a rate, among those who come again when they were told to. A turn that
 * nobody came for within a second, or within the time between two turns where that is longer, is
 * lost, so that those who were held up do not come all at once.
 *
 * @param <K> who takes turns
 */
public final class Turns<K> {
  private static final Duration LATE = Duration.ofSeconds(1);

  private final RateLimiter limiter;
  private final Map<K, Instant> turns = new ConcurrentHashMap<>();

  public Turns(RateLimiter limiter) {
    this.limiter = limiter;
  }

  /**
   * When somebody's turn is.
   *
   * @return {@code now} if it is now, and then it is over; else a later time to come again
   */
  public Instant next(K who, Instant now) {
    Instant turn = turns.remove(who);
    if (turn == null || turn.plus(late()).isBefore(now)) {
      turn = now.plus(limiter.reserve(now));
    }
    if (turn.isAfter(now)) {
      turns.put(who, turn);
      return turn;
    }
    return now;
  }

  /** Somebody does not come for its turn, which is lost. */
  public void forget(K who) {
    turns.remove(who);
  }

  private Duration late() {
    Duration interval = limiter.interval();
    return interval.compareTo(LATE) > 0 ? interval : LATE;
  }
}
