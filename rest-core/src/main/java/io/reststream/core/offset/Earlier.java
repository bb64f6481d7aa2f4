package io.reststream.core.offset;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far before an offset an API is asked.
 *
 * @param lookback how late records may be; null if they are not
 * @param granularity what the API rounds offsets to; null if it does not
 */
public record Earlier(@Nullable Span lookback, @Nullable Span granularity) {
  /** The first time that every zone writes with four digits for the year. */
  private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");

  /** Not at all. */
  public static final Earlier NONE = new Earlier(null, null);

  public Earlier {
    lookback = lookback == null || lookback.isZero() ? null : lookback;
  }

  public boolean isNone() {
    return lookback == null && granularity == null;
  }

  /**
   * The value to ask with: no later than a lookback before the offset, and one that the API does
   * not round; of an exclusive API, which rounds what it compares as well, the one before that.
   */
  public OffsetValue of(OffsetValue offset, boolean exclusive) {
    return rounded(lookback == null ? offset : minus(offset, lookback), exclusive);
  }

  /** The same without the lookback. */
  public OffsetValue rounded(OffsetValue value, boolean exclusive) {
    if (granularity == null) {
      return value;
    }
    OffsetValue floor = floor(value, granularity);
    return exclusive ? minus(floor, granularity) : floor;
  }

  /** Whether a value lies no more than a lookback before another. */
  public boolean isWithin(OffsetValue value, OffsetValue latest) {
    return lookback != null && value.compareTo(minus(latest, lookback)) >= 0;
  }

  /** Why a value cannot be asked for earlier; null if it can. */
  public @Nullable String problem(OffsetValue value) {
    String lack = lookback == null ? null : problem(value, "lookback", lookback);
    return lack != null || granularity == null
        ? lack
        : problem(value, "offsetGranularity", granularity);
  }

  private static @Nullable String problem(OffsetValue value, String option, Span span) {
    return switch (value.kind()) {
      case INSTANT -> null;
      case NUMBER ->
          span.number() == null
              ? "option '%s' is a time span: set 'offsetFormat' to 'epochSeconds' or 'epochMillis' if that is what they are, or '%s' to a number"
                  .formatted(option, option)
              : null;
      case TEXT ->
          "option '%s' needs numbers or times: set 'offsetFormat' if these are times"
              .formatted(option);
      case TUPLE -> problem(value.tuple().elements().get(0).value(), option, span);
    };
  }

  private static OffsetValue minus(OffsetValue value, Span span) {
    return switch (value.kind()) {
      case NUMBER -> number(value.decimal().subtract(number(span)));
      case INSTANT -> time(value, value.instant().minus(span.duration()));
      case TUPLE -> OffsetValue.of(value.tuple().withFirst(minus(first(value), span)));
      case TEXT -> throw new IllegalArgumentException("Text has no distance");
    };
  }

  private static OffsetValue floor(OffsetValue value, Span span) {
    return switch (value.kind()) {
      case NUMBER -> {
        BigDecimal step = number(span);
        yield number(value.decimal().divide(step, 0, RoundingMode.FLOOR).multiply(step));
      }
      case INSTANT -> {
        long step = span.duration().toMillis();
        long millis = Math.floorDiv(value.instant().toEpochMilli(), step) * step;
        yield time(value, Instant.ofEpochMilli(millis));
      }
      case TUPLE -> OffsetValue.of(value.tuple().withFirst(floor(first(value), span)));
      case TEXT -> throw new IllegalArgumentException("Text has no distance");
    };
  }

  private static OffsetValue first(OffsetValue value) {
    return value.tuple().elements().get(0).value();
  }

  private static BigDecimal number(Span span) {
    BigDecimal number = span.number();
    if (number == null) {
      throw new IllegalArgumentException("A time span is no distance between numbers");
    }
    return number;
  }

  private static OffsetValue number(BigDecimal number) {
    return OffsetValue.ofNumber(
        number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
  }

  /** A time in the form that another is written in, at or before it. */
  private static OffsetValue time(OffsetValue sample, Instant time) {
    Instant written = time.isBefore(FIRST) ? FIRST : time;
    return OffsetValue.ofText(IsoInstants.like(sample.text(), written));
  }
}
