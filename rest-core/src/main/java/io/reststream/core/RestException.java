package io.reststream.core;

import org.jspecify.annotations.Nullable;

/**
 * What goes wrong while reading a REST API. Its message says what was wrong, with the value, what
 * is allowed, and where; it never holds a secret. No position has moved when it is thrown.
 */
public class RestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RestException(String message) {
    super(message);
  }

  public RestException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
