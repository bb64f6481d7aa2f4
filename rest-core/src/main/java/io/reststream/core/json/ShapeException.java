package io.reststream.core.json;

/** A document that does not have the shape that was expected; the message says what came. */
public class ShapeException extends Exception {
  private static final long serialVersionUID = 1L;

  public ShapeException(String message) {
    super(message);
  }

  public ShapeException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Whether another answer to the same request may well be usable, as with a proxy's error page.
   */
  public boolean isPassing() {
    return true;
  }
}
