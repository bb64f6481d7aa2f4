package io.reststream.core.retry;

import java.time.Instant;

/** What follows a failed request. */
public sealed interface RetryDecision {

  /**
   * It is made again.
   *
   * @param at not before this time
   * @param free whether the attempt that failed does not count, since the server named the time
   */
  record Retry(Instant at, boolean free) implements RetryDecision {}

  /** It fails for good: the same request would fail again. */
  record Fail() implements RetryDecision {}

  /** It fails for good: it was made as often as allowed. */
  record Exhausted() implements RetryDecision {}

  /** It was a page without records. */
  record Ignore() implements RetryDecision {}

  /** The offset has expired, and the stream starts again. */
  record Reset() implements RetryDecision {}
}
