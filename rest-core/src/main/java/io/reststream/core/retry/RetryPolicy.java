package io.reststream.core.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * How often a failed request is made again, and how long to wait before: exponential backoff with
 * full jitter ("Exponential Backoff And Jitter", AWS Architecture Blog), which spreads out clients
 * that failed together. A server that names a time is believed.
 *
 * <pre>{@code
 * RetryDecision decision = policy.decide(failure, attempt, now, random.nextDouble());
 * }</pre>
 *
 * @param maxRetries how often a request is made again
 * @param baseDelay the longest first delay; each further one may be twice as long
 * @param maxDelay the longest delay that the policy chooses by itself
 */
public record RetryPolicy(int maxRetries, Duration baseDelay, Duration maxDelay) {
  private static final Set<Integer> PASSING_STATUSES = Set.of(408, 425, 429);
  private static final int MOST_DOUBLINGS = 30;

  public RetryPolicy {
    if (baseDelay.compareTo(maxDelay) > 0) {
      throw new IllegalArgumentException(
          "Base delay (%s) must be less than or equal to max delay (%s)"
              .formatted(baseDelay, maxDelay));
    }
  }

  /**
   * Decides what follows a failure. Pure: the same arguments give the same decision.
   *
   * @param failure what went wrong
   * @param attempt how many times the request was made since it last succeeded, from 1
   * @param now when it failed
   * @param random between 0, inclusive, and 1, exclusive
   */
  public RetryDecision decide(Failure failure, int attempt, Instant now, double random) {
    if (!isPassing(failure)) {
      return new RetryDecision.Fail();
    }
    if (attempt > maxRetries) {
      return new RetryDecision.Exhausted(attempt);
    }
    Instant told = failure instanceof Failure.Status status ? status.retryAt() : null;
    if (told != null) {
      return new RetryDecision.Retry(told.isBefore(now) ? now : told);
    }
    int doublings = Math.min(attempt - 1, MOST_DOUBLINGS);
    long most = maxDelay.toMillis();
    long base = baseDelay.toMillis();
    long longest = base > most >> doublings ? most : base << doublings;
    return new RetryDecision.Retry(now.plusMillis((long) (longest * random)));
  }

  /** Whether the same request may well succeed later. */
  private static boolean isPassing(Failure failure) {
    return !(failure instanceof Failure.Status status)
        || PASSING_STATUSES.contains(status.status())
        || status.status() >= 500;
  }
}
