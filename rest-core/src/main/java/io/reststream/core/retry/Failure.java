package io.reststream.core.retry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What went wrong with a request. */
public sealed interface Failure {

  /** No whole answer came: refused, reset, timed out, cut off. */
  record NoAnswer() implements Failure {}

  /** The answer was a success that could not be read, as proxies give it. */
  record Unreadable() implements Failure {}

  /**
   * The answer was not a success.
   *
   * @param status the HTTP status
   * @param retryAt when the server says to come again; null where it says nothing
   */
  record Status(int status, @Nullable Instant retryAt) implements Failure {}
}
