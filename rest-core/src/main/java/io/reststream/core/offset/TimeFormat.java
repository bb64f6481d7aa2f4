package io.reststream.core.offset;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a time is written. A form without a time zone means UTC, one without a time of day its
 * beginning; a time that does not fit the form is written as the one before it that does.
 */
public sealed interface TimeFormat {

  /** The time that a text stands for; null if it is none in this form. */
  @Nullable Instant read(String text);

  /** A time as it is sent. */
  String write(Instant time);

  /** ISO-8601, read as {@link OffsetValue} reads it. */
  record Iso() implements TimeFormat {
    @Override
    public @Nullable Instant read(String text) {
      return IsoInstants.parse(text);
    }

    @Override
    public String write(Instant time) {
      return time.toString();
    }

    @Override
    public String toString() {
      return "iso";
    }
  }

  /**
   * Seconds or milliseconds since 1970, also with decimals.
   *
   * @param places how many decimal places of a second one unit is
   * @param decimals whether decimals are written
   */
  record Epoch(int places, boolean decimals) implements TimeFormat {
    private static final int LONGEST = 40;

    @Override
    public @Nullable Instant read(String text) {
      try {
        if (text.length() > LONGEST) {
          return null;
        }
        BigDecimal seconds = new BigDecimal(text).movePointLeft(places);
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        long nanos = seconds.subtract(whole).movePointRight(9).longValue();
        return Instant.ofEpochSecond(whole.longValueExact(), nanos);
      } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
        return null;
      }
    }

    @Override
    public String write(Instant time) {
      BigDecimal units =
          BigDecimal.valueOf(time.getEpochSecond())
              .add(BigDecimal.valueOf(time.getNano(), 9))
              .movePointRight(places);
      BigDecimal written = decimals ? units : units.setScale(0, RoundingMode.FLOOR);
      return written.signum() == 0 ? "0" : written.stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
      return places == 0 ? "epochSeconds" : "epochMillis";
    }
  }

  /** The date of HTTP (RFC 9110, section 5.6.7), read also with a day of one digit. */
  record HttpDate() implements TimeFormat {
    private static final DateTimeFormatter WRITTEN =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    @Override
    public @Nullable Instant read(String text) {
      try {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      } catch (DateTimeException e) {
        return null;
      }
    }

    @Override
    public String write(Instant time) {
      return WRITTEN.format(time);
    }

    @Override
    public String toString() {
      return "rfc1123";
    }
  }

  /** A pattern of {@link DateTimeFormatter}. */
  record Pattern(String text, DateTimeFormatter formatter) implements TimeFormat {
    @Override
    public @Nullable Instant read(String text) {
      try {
        TemporalAccessor parsed = formatter.parse(text);
        LocalDate date = parsed.query(TemporalQueries.localDate());
        if (date == null) {
          return null;
        }
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId zone = parsed.query(TemporalQueries.zone());
        return date.atTime(time == null ? LocalTime.MIN : time)
            .atZone(zone == null ? ZoneOffset.UTC : zone)
            .toInstant();
      } catch (DateTimeException e) {
        return null;
      }
    }

    @Override
    public String write(Instant time) {
      return formatter.format(time.atZone(ZoneOffset.UTC));
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * The form of a name, or of a pattern of {@link DateTimeFormatter}; null if it is neither, or a
   * pattern from which a time cannot be told.
   */
  static @Nullable TimeFormat parse(String text) {
    TimeFormat named = named(text);
    return named == null ? pattern(text) : named;
  }

  /** The form of a name; null if it is none. */
  static @Nullable TimeFormat named(String text) {
    return switch (text.trim().replaceAll("[-_]", "").toLowerCase(Locale.ROOT)) {
      case "iso" -> new Iso();
      case "epochseconds" -> new Epoch(0, true);
      case "epochmillis" -> new Epoch(3, true);
      case "rfc1123" -> new HttpDate();
      default -> null;
    };
  }

  private static @Nullable TimeFormat pattern(String text) {
    try {
      TimeFormat format =
          new Pattern(
              text,
              new DateTimeFormatterBuilder()
                  .parseCaseInsensitive()
                  .appendPattern(text)
                  .toFormatter(Locale.ENGLISH));
      // What is not read again as it was written lacks a date, or half of the day.
      String written = format.write(Instant.parse("2031-11-25T21:43:56.789Z"));
      Instant again = format.read(written);
      return again != null && format.write(again).equals(written) ? format : null;
    } catch (IllegalArgumentException | DateTimeException e) {
      return null;
    }
  }

  /** The same form without decimals, as most APIs want to be asked. */
  default TimeFormat whole() {
    return this instanceof Epoch epoch ? new Epoch(epoch.places(), false) : this;
  }
}
