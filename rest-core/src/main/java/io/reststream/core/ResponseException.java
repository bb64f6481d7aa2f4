package io.reststream.core;

import org.jspecify.annotations.Nullable;

/** An answer that does not have the shape that the options describe. */
public final class ResponseException extends RestException {
  private static final long serialVersionUID = 1L;

  public ResponseException(String message) {
    super(message);
  }

  public ResponseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
