package io.reststream.core.retry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What went wrong with a request. */
public sealed interface Failure {

  /**
   * No whole answer came: refused, reset, timed out, cut off, or not even asked for, since there
   * are no credentials now.
   *
   * @param told when to come again; null if nobody said
   */
  record NoAnswer(@Nullable Instant told) implements Failure {}

  /** The answer was a success that could not be read, as proxies give it. */
  record Unreadable() implements Failure {}

  /**
   * The answer was a success that says that it is an error.
   *
   * @param wish what its headers ask for
   */
  record Reported(ServerWish wish) implements Failure {}

  /**
   * The answer was not a success.
   *
   * @param status the HTTP status
   * @param wish what its headers ask for
   */
  record Status(int status, ServerWish wish) implements Failure {}
}
