package io.reststream.core;

import io.reststream.core.config.RestOptions;
import io.reststream.core.rate.ConcurrencyLimit;
import io.reststream.core.rate.RateLimiter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an API and the options allow to one poller, or to several that share it. */
final class Allowance {
  private final @Nullable RateLimiter rate;
  private final @Nullable ConcurrencyLimit concurrency;
  private final Pause pause = new Pause();
  private volatile Instant asked = Instant.MIN;

  /**
   * Limits; null is none.
   *
   * @param perSecond how many requests in a second
   * @param concurrent how many at a time
   */
  Allowance(@Nullable Double perSecond, @Nullable Integer concurrent) {
    this.rate = perSecond == null ? null : new RateLimiter(perSecond);
    this.concurrency = concurrent == null ? null : new ConcurrencyLimit(concurrent);
  }

  /** What the options allow. */
  static Allowance of(RestConfig config) {
    return new Allowance(
        config.find(RestOptions.REQUESTS_PER_SECOND).orElse(null),
        config.find(RestOptions.MAX_CONCURRENT_REQUESTS).orElse(null));
  }

  @Nullable RateLimiter rate() {
    return rate;
  }

  @Nullable ConcurrencyLimit concurrency() {
    return concurrency;
  }

  Pause pause() {
    return pause;
  }

  /** A turn was used. */
  void asked(Instant now) {
    asked = now;
  }

  /** Nobody waits for a turn any more, and what was reserved is free again. */
  void giveBack() {
    if (rate != null) {
      rate.giveBack(asked);
    }
  }

  /** Whether a new one would allow as much. */
  boolean isAsNew(Instant now) {
    return (rate == null || rate.isFree(now)) && !pause.wished().until().isAfter(now);
  }
}
