package io.reststream.core.retry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads when a server says to come again: seconds from now, also with decimals, seconds or
 * milliseconds since 1970, an HTTP date in any of its three forms (RFC 9110, section 5.6.7), or an
 * ISO-8601 time with its offset. A time that is over, or more than a year away, says nothing.
 */
final class ServerTime {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(?:\\.\\d{1,9})?");
  private static final Duration FARTHEST = Duration.ofDays(366);
  private static final long LEAST_MILLIS_SINCE_1970 = 100_000_000_000L;
  private static final int MILLI_DIGITS = 3;
  private static final int FIRST_YEAR = 2000;
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_YEAR)
              .appendPattern(" HH:mm:ss zzz")
              .toFormatter(Locale.US),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US)
              .withZone(java.time.ZoneOffset.UTC),
          DateTimeFormatter.ISO_OFFSET_DATE_TIME);

  private ServerTime() {}

  /**
   * When to come again.
   *
   * @param header the header's value
   * @param now what seconds are counted from
   * @return after {@code now}; null if the value says nothing
   */
  static @Nullable Instant parse(String header, Instant now) {
    String text = header.strip();
    Instant time = NUMBER.matcher(text).matches() ? number(new BigDecimal(text), now) : date(text);
    boolean usable =
        time != null && time.isAfter(now) && Duration.between(now, time).compareTo(FARTHEST) <= 0;
    return usable ? time : null;
  }

  private static @Nullable Instant number(BigDecimal number, Instant now) {
    BigDecimal farthest = BigDecimal.valueOf(FARTHEST.toSeconds());
    if (number.compareTo(farthest) <= 0) {
      return now.plusMillis(millis(number));
    }
    return number.compareTo(BigDecimal.valueOf(LEAST_MILLIS_SINCE_1970)) < 0
        ? Instant.ofEpochMilli(millis(number))
        : Instant.ofEpochMilli(number.longValue());
  }

  private static long millis(BigDecimal seconds) {
    return seconds.movePointRight(MILLI_DIGITS).setScale(0, RoundingMode.CEILING).longValueExact();
  }

  private static @Nullable Instant date(String text) {
    for (DateTimeFormatter format : DATES) {
      try {
        return Instant.from(format.parse(text));
      } catch (DateTimeException e) {
        continue; // it may have another form
      }
    }
    return null;
  }
}
