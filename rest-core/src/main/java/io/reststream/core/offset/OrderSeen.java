package io.reststream.core.offset;

import org.jspecify.annotations.Nullable;

/**
 * What order the records of a cycle have shown.
 *
 * @param records how many were looked at, those before the first change counted as one
 * @param last the last value; null while there is none
 * @param ascending whether none was smaller than the one before it
 */
public record OrderSeen(long records, @Nullable OffsetValue last, boolean ascending) {
  /** After no record. */
  public static final OrderSeen NONE = new OrderSeen(0, null, true);

  /** How many records must have come in ascending order before it is relied on. */
  private static final int ENOUGH = 16;

  /** Whether the order is taken for ascending. */
  public boolean inferred() {
    return ascending && records >= ENOUGH;
  }
}
