package io.reststream.core.http;

import java.io.IOException;

/** There is no answer, and asking again would not help: something must be set or mended first. */
final class PermanentException extends IOException {
  private static final long serialVersionUID = 1L;

  PermanentException(String message) {
    super(message);
  }

  PermanentException(String message, Throwable cause) {
    super(message, cause);
  }
}
