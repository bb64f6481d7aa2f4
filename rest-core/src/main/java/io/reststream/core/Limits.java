package io.reststream.core;

import io.reststream.core.rate.ConcurrencyLimit;
import io.reststream.core.rate.RateLimiter;
import io.reststream.core.rate.Turns;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How many requests a poller makes in a time, and at a time. */
final class Limits {
  private final Allowance allowance;
  private final @Nullable Turns<Strand> turns;

  /** Limits by what is allowed to this poller, and perhaps to others. */
  Limits(Allowance allowance) {
    this.allowance = allowance;
    RateLimiter rate = allowance.rate();
    this.turns = rate == null ? null : new Turns<>(rate);
  }

  /** The wait for an input's turn; null if it has come. */
  @Nullable Wait due(Strand input, Instant now) {
    if (turns == null) {
      return null;
    }
    Instant turn = turns.next(input, now);
    if (turn.isAfter(now)) {
      return new Wait(turn, "the limit 'requestsPerSecond'");
    }
    allowance.asked(now);
    return null;
  }

  /** An input does not come for its turn. */
  void forget(Strand input) {
    if (turns != null) {
      turns.forget(input);
    }
  }

  /** Begins a request, at once or when others have ended. */
  CompletableFuture<Polled> begin(Supplier<CompletableFuture<Polled>> request) {
    ConcurrencyLimit concurrency = allowance.concurrency();
    return concurrency == null ? request.get() : concurrency.begin(request);
  }

  void share(int parts) {
    RateLimiter rate = allowance.rate();
    if (rate != null) {
      rate.share(parts);
    }
    ConcurrencyLimit concurrency = allowance.concurrency();
    if (concurrency != null) {
      concurrency.share(parts);
    }
  }
}
