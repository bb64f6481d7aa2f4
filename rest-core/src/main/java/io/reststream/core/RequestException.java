package io.reststream.core;

import org.jspecify.annotations.Nullable;

/** A request that could not be made, or that the API refused. */
public final class RequestException extends RestException {
  private static final long serialVersionUID = 1L;

  public RequestException(String message) {
    super(message);
  }

  public RequestException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
