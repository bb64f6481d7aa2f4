package io.reststream.core;

import org.jspecify.annotations.Nullable;

/** A position that cannot be used: broken, of a newer version, or made under other options. */
public final class PositionException extends RestException {
  private static final long serialVersionUID = 1L;

  public PositionException(String message) {
    super(message);
  }

  public PositionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
