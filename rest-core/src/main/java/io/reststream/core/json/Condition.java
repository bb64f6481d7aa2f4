package io.reststream.core.json;

import org.jspecify.annotations.Nullable;

/**
 * A condition on a field of a response: {@code path} (it holds something), {@code path=value} or
 * {@code path!=value}. A field that is absent counts as {@code null}.
 *
 * @param path the field
 * @param equal what its text must be; null where it must hold something
 * @param negated whether it must be anything else
 */
public record Condition(FieldPath path, @Nullable String equal, boolean negated) {
  private static final String NULL = "null";

  /**
   * Reads a condition.
   *
   * @throws IllegalArgumentException if the path is none, or the document itself
   */
  public static Condition parse(String text) {
    int equals = text.indexOf('=');
    boolean negated = equals > 0 && text.charAt(equals - 1) == '!';
    String name = equals < 0 ? text : text.substring(0, negated ? equals - 1 : equals);
    FieldPath path = FieldPath.parse(name);
    if (path.isRoot()) {
      throw new IllegalArgumentException("A condition needs a field");
    }
    return new Condition(path, equals < 0 ? null : text.substring(equals + 1).trim(), negated);
  }

  /**
   * Whether a value meets it.
   *
   * @param text the value's text; null for an object or an array
   * @param empty whether it holds nothing: null, false, a zero, no letters, no elements
   */
  boolean isMetBy(@Nullable String text, boolean empty) {
    return equal == null ? !empty : equal.equals(text) != negated;
  }

  /** Whether it is met where the field is absent. */
  boolean isMetByAbsence() {
    return isMetBy(NULL, true);
  }

  @Override
  public String toString() {
    return equal == null ? path.toString() : path + (negated ? "!=" : "=") + equal;
  }
}
