package io.reststream.core.template;

import io.reststream.core.offset.IsoInstants;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a placeholder's value as a time: an {@link Instant}, an ISO-8601 text, or a number since
 * 1970 in seconds, milliseconds, microseconds or nanoseconds, told apart by how large it is.
 */
final class TimeValue {

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(?:\\.\\d{1,18})?");

  /** As seconds the year 5138, as milliseconds 1973: from here on it counts the smaller unit. */
  private static final BigDecimal LEAST_MILLIS = BigDecimal.TEN.pow(11);

  private static final int MILLI_DIGITS = 3;
  private static final int NANO_DIGITS = 9;
  private static final BigInteger NANOS_PER_SECOND = BigInteger.TEN.pow(NANO_DIGITS);

  private TimeValue() {}

  /**
   * The value in a format; an empty text stays empty.
   *
   * @throws IllegalArgumentException if the value is no time, or too far away for the format
   */
  static String text(String name, Object value, WrittenTime format) {
    if (value instanceof CharSequence empty && empty.isEmpty()) {
      return "";
    }
    try {
      Instant time = instant(name, value);
      if (time != null) {
        return format.write(time);
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(noTime(name, format), e);
    }
    throw new IllegalArgumentException(noTime(name, format));
  }

  private static String noTime(String name, WrittenTime format) {
    return ("Placeholder '%s' must be a time for the format '%s': an ISO-8601 text, or a number"
            + " since 1970, but is not.")
        .formatted(name, format);
  }

  private static @Nullable Instant instant(String name, Object value) {
    if (value instanceof Instant time) {
      return time;
    }
    if (!(value instanceof CharSequence || value instanceof Number)) {
      return null;
    }
    String text = ValueText.scalar(name, value).strip();
    return NUMBER.matcher(text).matches()
        ? since1970(new BigDecimal(text))
        : IsoInstants.parse(text);
  }

  private static Instant since1970(BigDecimal number) {
    BigDecimal seconds = number;
    for (int digits = 0;
        digits < NANO_DIGITS && seconds.abs().compareTo(LEAST_MILLIS) >= 0;
        digits += MILLI_DIGITS) {
      seconds = seconds.movePointLeft(MILLI_DIGITS);
    }
    BigInteger nanos =
        seconds.movePointRight(NANO_DIGITS).setScale(0, RoundingMode.FLOOR).toBigInteger();
    BigInteger[] parts = nanos.divideAndRemainder(NANOS_PER_SECOND);
    return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
  }
}
