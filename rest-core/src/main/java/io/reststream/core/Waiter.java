package io.reststream.core;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a {@link RestStream}. The default blocks the thread that iterates; another may advance
 * a manual clock.
 */
@FunctionalInterface
public interface Waiter {

  /** Returns once the time has come, or earlier; the stream then looks again. */
  void await(Instant until) throws InterruptedException;

  /** Blocks the calling thread. */
  static Waiter blocking(InstantSource clock) {
    return until ->
        TimeUnit.NANOSECONDS.sleep(
            Math.max(0, java.time.Duration.between(clock.instant(), until).toNanos()));
  }
}
