package io.reststream.core;

import io.reststream.core.rate.ConcurrencyLimit;
import io.reststream.core.rate.RateLimiter;
import io.reststream.core.rate.Turns;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How many requests the options allow in a time, and at a time. */
final class Limits {
  private final @Nullable RateLimiter rate;
  private final @Nullable Turns<Strand> turns;
  private final @Nullable ConcurrencyLimit concurrency;

  /**
   * Limits as given; null is none.
   *
   * @param perSecond how many in a second
   * @param concurrent how many at a time
   */
  Limits(@Nullable Double perSecond, @Nullable Integer concurrent) {
    this.rate = perSecond == null ? null : new RateLimiter(perSecond);
    this.turns = rate == null ? null : new Turns<>(rate);
    this.concurrency = concurrent == null ? null : new ConcurrencyLimit(concurrent);
  }

  /** The wait for an input's turn; null if it has come. */
  @Nullable Wait due(Strand input, Instant now) {
    Instant turn = turns == null ? now : turns.next(input, now);
    return turn.isAfter(now) ? new Wait(turn, "the limit 'requestsPerSecond'") : null;
  }

  /** An input does not come for its turn. */
  void forget(Strand input) {
    if (turns != null) {
      turns.forget(input);
    }
  }

  /** Begins a request, at once or when others have ended. */
  CompletableFuture<Polled> begin(Supplier<CompletableFuture<Polled>> request) {
    return concurrency == null ? request.get() : concurrency.begin(request);
  }

  void share(int parts) {
    if (rate != null) {
      rate.share(parts);
    }
    if (concurrency != null) {
      concurrency.share(parts);
    }
  }
}
