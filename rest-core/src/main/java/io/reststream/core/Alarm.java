package io.reststream.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells when a time has come, without a thread that waits for it. Tests pass their own. */
@FunctionalInterface
public interface Alarm {

  /** Completes once the time has come, or earlier; whoever asked then looks again. */
  CompletableFuture<?> at(Instant time);

  /** Rings by the clock of the machine. */
  static Alarm system() {
    InstantSource clock = InstantSource.system();
    return time -> {
      // Rounded up, so that it does not ring just before the time and has to be set again.
      long millis = Duration.between(clock.instant(), time).plusNanos(999_999).toMillis();
      return new CompletableFuture<@Nullable Void>()
          .completeOnTimeout(null, Math.max(0, millis), TimeUnit.MILLISECONDS);
    };
  }
}
