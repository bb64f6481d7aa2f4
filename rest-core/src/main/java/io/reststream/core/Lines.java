package io.reststream.core;

import io.reststream.core.config.OffsetBoundary;
import io.reststream.core.config.OffsetSettings;
import io.reststream.core.config.OffsetType;
import io.reststream.core.offset.Largest;
import io.reststream.core.offset.OffsetValue;
import org.jspecify.annotations.Nullable;

/** The line between what was delivered and what is asked for next. */
final class Lines {
  private Lines() {}

  /**
   * The offset that a mark leads to. An inclusive API is asked with the mark, so that ties that
   * come later are seen. An exclusive one would hide them, so it is asked with the largest value
   * below the mark; ids are unique and need no such care.
   *
   * @param offset the offset so far; null while there is none
   * @param mark the largest values that the cycle leaves behind
   * @return never smaller than {@code offset}; null while nothing is known
   */
  static @Nullable OffsetValue next(
      OffsetSettings settings, @Nullable OffsetValue offset, Largest mark) {
    OffsetValue value = mark.value();
    if (value == null) {
      return offset;
    }
    // What is asked for earlier than the mark brings its ties in any case.
    boolean ties = settings.type() != OffsetType.INCREMENTAL && !settings.earlier().isNone();
    OffsetValue candidate = ties ? value : behind(settings, mark);
    if (candidate == null || (offset != null && candidate.compareTo(offset) < 0)) {
      return offset;
    }
    return candidate;
  }

  /** What a request is asked with so that it brings what follows a mark, and its ties. */
  static @Nullable OffsetValue behind(OffsetSettings settings, Largest mark) {
    boolean inclusive = settings.boundary() == OffsetBoundary.INCLUSIVE;
    OffsetValue value = mark.value();
    if (settings.type() == OffsetType.INCREMENTAL) {
      return inclusive && value != null ? value.plusOne() : value;
    }
    return inclusive ? value : mark.below();
  }

  /**
   * From where on delivered records are recognised within a cycle: a page may begin with the record
   * at which the one before it ended, although the next cycle is asked only for what follows it.
   */
  static OffsetValue kept(Largest mark, OffsetValue next) {
    OffsetValue value = mark.value();
    return value != null && value.compareTo(next) < 0 ? value : next;
  }
}
