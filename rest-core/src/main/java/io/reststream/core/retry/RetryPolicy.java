package io.reststream.core.retry;

import io.reststream.core.config.StatusAction;
import io.reststream.core.config.StatusActions;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a failed request is made again, how often, and how long to wait before: exponential
 * backoff with full jitter ("Exponential Backoff And Jitter", AWS Architecture Blog), which spreads
 * out clients that failed together. A server that names a time is believed; where that is a second
 * away or more, the attempt does not count: a stream may be told to come again for weeks.
 *
 * <pre>{@code
 * RetryDecision decision = policy.decide(failure, attempt, now, random.nextDouble());
 * }</pre>
 *
 * @param maxRetries how often a request is made again; 0 for never, whatever the server says
 * @param baseDelay the longest first delay; each further one may be twice as long
 * @param maxDelay the longest delay that the policy chooses by itself
 * @param statuses what follows each status
 */
public record RetryPolicy(
    int maxRetries, Duration baseDelay, Duration maxDelay, StatusActions statuses) {
  private static final int FORBIDDEN = 403;
  private static final int MOST_DOUBLINGS = 30;
  private static final Duration LEAST_THAT_IS_FREE = Duration.ofSeconds(1);

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
   * @param attempt how many attempts have failed since the last success, this one included, and
   *     those left out that do not count
   * @param now when it failed
   * @param random between 0, inclusive, and 1, exclusive
   */
  public RetryDecision decide(Failure failure, int attempt, Instant now, double random) {
    if (failure instanceof Failure.Status status) {
      return switch (action(status)) {
        case RETRY -> again(status.wish().retryAt(status.status()), attempt, now, random);
        case IGNORE -> new RetryDecision.Ignore();
        case RESET -> new RetryDecision.Reset();
        case FAIL, REFRESH -> new RetryDecision.Fail();
      };
    }
    return again(told(failure), attempt, now, random);
  }

  private static @Nullable Instant told(Failure failure) {
    if (failure instanceof Failure.Reported reported) {
      return reported.wish().retryAt(0);
    }
    return failure instanceof Failure.NoAnswer unanswered ? unanswered.told() : null;
  }

  /** Some APIs tell a limit by 403, which means something else without one. */
  private StatusAction action(Failure.Status failure) {
    ServerWish wish = failure.wish();
    boolean limit =
        failure.status() == FORBIDDEN
            && !statuses.isNamed(FORBIDDEN)
            && (wish.retryAfter() != null || wish.isLimited());
    return limit ? StatusAction.RETRY : statuses.of(failure.status());
  }

  private RetryDecision again(@Nullable Instant told, int attempt, Instant now, double random) {
    boolean free = maxRetries > 0 && told != null && !told.isBefore(now.plus(LEAST_THAT_IS_FREE));
    if (!free && attempt > maxRetries) {
      return new RetryDecision.Exhausted();
    }
    return told == null
        ? new RetryDecision.Retry(now.plusMillis(backoff(attempt, random)), false)
        : new RetryDecision.Retry(told, free);
  }

  private long backoff(int attempt, double random) {
    int doublings = Math.min(attempt - 1, MOST_DOUBLINGS);
    long most = maxDelay.toMillis();
    long base = baseDelay.toMillis();
    long longest = base > most >> doublings ? most : base << doublings;
    return (long) (longest * random);
  }
}
