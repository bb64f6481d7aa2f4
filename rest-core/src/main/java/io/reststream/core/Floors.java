package io.reststream.core;

import io.reststream.core.Position.Source;
import io.reststream.core.config.OffsetSettings;
import io.reststream.core.offset.Largest;
import io.reststream.core.offset.OffsetValue;
import io.reststream.core.offset.OffsetValue.Kind;
import io.reststream.core.offset.TimeFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the API is asked with: the offset, or, with a lookback or a granularity, a floor below it.
 * The floor never goes back, since below it delivered records are no longer known: a lookback that
 * is made longer reaches its length as the offset moves on.
 */
final class Floors {
  private static final OffsetValue ZERO = OffsetValue.of(0);
  private static final OffsetValue EPOCH = OffsetValue.of(Instant.EPOCH);

  private Floors() {}

  /** What the next request of a position is asked with; null for the initial offset. */
  static @Nullable OffsetValue asked(OffsetSettings settings, boolean paged, Position position) {
    if (settings.earlier().isNone()) {
      return position.offset();
    }
    Cycle cycle = position.cycle();
    if (!paged && cycle != null && cycle.response() != null) {
      return cycle.response();
    }
    return floor(position);
  }

  private static @Nullable OffsetValue floor(Position position) {
    return position.floor() == null ? position.offset() : position.floor();
  }

  /** The floor that belongs to the next offset. */
  static @Nullable OffsetValue after(
      OffsetSettings settings, Position position, @Nullable OffsetValue next) {
    if (settings.earlier().isNone() || next == null) {
      return next;
    }
    OffsetValue before = position.offset();
    if (next.equals(before)) {
      return floor(position);
    }
    OffsetValue floor = settings.earlier().of(next, settings.exclusive());
    if (before == null || next.compareTo(before) >= 0) {
      floor = later(before == null ? least(settings, next) : floor(position), floor);
      floor = later(forgotten(position), floor);
    }
    return floor.compareTo(next) > 0 ? next : floor;
  }

  private static OffsetValue later(@Nullable OffsetValue one, OffsetValue other) {
    return one != null && one.compareTo(other) > 0 ? one : other;
  }

  /** Below it, a cycle that is not over has forgotten its keys; null if it has not. */
  private static @Nullable OffsetValue forgotten(Position position) {
    Cycle cycle = position.cycle();
    return cycle != null && cycle.token() != null && position.source() == Source.RECORDS
        ? cycle.response()
        : null;
  }

  /** What is never gone below: the initial offset, or the beginning of what values mean. */
  private static @Nullable OffsetValue least(OffsetSettings settings, OffsetValue next) {
    OffsetValue initial = Sources.initial(settings, next.kind());
    if (initial != null) {
      return initial.comparesWith(next) ? initial : null;
    }
    return switch (next.kind()) {
      case NUMBER -> ZERO;
      case INSTANT -> EPOCH;
      case TEXT, TUPLE -> null;
    };
  }

  /**
   * Without pagination and with a floor: what the cycle goes on with, so that a window wider than a
   * page is read to its end; null if the same page would come again.
   *
   * @param page the largest values of the page
   * @param asked what the page was asked with
   * @param fresh whether it held new records
   */
  static @Nullable OffsetValue onwards(
      OffsetSettings settings, Largest page, @Nullable OffsetValue asked, boolean fresh) {
    OffsetValue largest = page.value();
    if (largest == null) {
      return null;
    }
    OffsetValue on =
        settings.earlier().granularity() == null
            ? Lines.behind(settings, page)
            : settings.earlier().rounded(largest, settings.exclusive());
    if (on == null || (asked != null && on.compareTo(asked) <= 0)) {
      return null;
    }
    return fresh || page.below() != null || on.compareTo(largest) > 0 ? on : null;
  }

  /** What a placeholder of a request is filled with; null sends nothing. */
  static @Nullable Object sent(OffsetSettings settings, @Nullable OffsetValue asked) {
    if (asked == null) {
      String initial = settings.initial();
      OffsetValue tuple = initial == null ? null : tuple(initial);
      return tuple == null ? initial : tuple.tuple().values();
    }
    TimeFormat format = settings.formats().sending();
    if (asked.kind() == Kind.INSTANT && format != null) {
      return format.write(asked.instant());
    }
    return asked.kind() == Kind.TUPLE ? asked.tuple().values() : asked.text();
  }

  /** The initial offset as several values; null if it is a single one. */
  static @Nullable OffsetValue tuple(String initial) {
    if (!initial.startsWith("[")) {
      return null;
    }
    try {
      return OffsetValue.ofArray(initial);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
