package io.reststream.core.json;

/** A well-formed document that contradicts the options; asking again does not help. */
public final class ContradictionException extends ShapeException {
  private static final long serialVersionUID = 1L;

  public ContradictionException(String message) {
    super(message);
  }

  ContradictionException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean isPassing() {
    return false;
  }
}
