package io.reststream.core.json;

/** A document that says by itself that it is an error. */
public final class ReportedException extends ShapeException {
  private static final long serialVersionUID = 1L;

  private final transient Condition condition;

  ReportedException(Condition condition) {
    super("is an error by the condition '%s' (option 'errorWhen')".formatted(condition));
    this.condition = condition;
  }

  /** The condition that it meets. */
  public Condition condition() {
    return condition;
  }
}
