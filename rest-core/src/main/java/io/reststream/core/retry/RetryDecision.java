package io.reststream.core.retry;

import java.time.Instant;

/** What follows a failed request. */
public sealed interface RetryDecision {

  /**
   * It is made again.
   *
   * @param at not before this time
   */
  record Retry(Instant at) implements RetryDecision {}

  /** It fails for good: the same request would fail again. */
  record Fail() implements RetryDecision {}

  /**
   * It fails for good: it was made as often as allowed.
   *
   * @param attempts how often it was made
   */
  record Exhausted(int attempts) implements RetryDecision {}
}
