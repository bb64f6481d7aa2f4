package io.reststream.core.offset;

import org.jspecify.annotations.Nullable;

/**
 * The largest of some values, and the largest distinct one below it.
 *
 * @param value the largest; null while there are none
 * @param below the largest that is smaller; null while all are equal
 */
public record Largest(@Nullable OffsetValue value, @Nullable OffsetValue below) {
  /** Of no values. */
  public static final Largest NONE = new Largest(null, null);

  /** With one more value. */
  public Largest with(OffsetValue more) {
    if (value == null) {
      return new Largest(more, null);
    }
    int order = more.compareTo(value);
    if (order > 0) {
      return new Largest(more, value);
    }
    if (order < 0 && (below == null || more.compareTo(below) > 0)) {
      return new Largest(value, more);
    }
    return this;
  }

  /** With one more value, if it is smaller than the largest. */
  public Largest withSmaller(OffsetValue more) {
    return value != null && more.compareTo(value) < 0 ? with(more) : this;
  }
}
