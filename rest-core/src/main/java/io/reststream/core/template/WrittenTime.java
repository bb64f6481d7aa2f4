package io.reststream.core.template;

import io.reststream.core.offset.TimeFormat;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;

/**
 * How a time is written into a request, always in UTC.
 *
 * <pre>{@code
 * WrittenTime.parse("epochSeconds").write(Instant.ofEpochSecond(42)); // 42
 * WrittenTime.parse("yyyy-MM-dd").write(Instant.EPOCH); // 1970-01-01
 * }</pre>
 *
 * <p>A format is {@code iso} (ISO-8601, with as many decimals as the time has), {@code
 * epochSeconds} and {@code epochMillis} (since 1970, cut off, so that nothing lies before what is
 * asked for), {@code rfc1123} (the date of HTTP, RFC 9110, section 5.6.7), or a pattern of {@link
 * DateTimeFormatter} with English names.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class WrittenTime implements Serializable {

  private static final long serialVersionUID = 1L;

  static final String ALLOWED =
      "iso, epochSeconds, epochMillis, rfc1123, or a pattern of DateTimeFormatter";

  private final String text;
  private final transient Function<Instant, String> writer;

  private WrittenTime(String text) {
    this.text = text;
    this.writer = writer(text);
  }

  /**
   * Reads a format.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static WrittenTime parse(String text) {
    return new WrittenTime(text);
  }

  private static Function<Instant, String> writer(String text) {
    TimeFormat named = TimeFormat.named(text);
    return named == null ? checked(text)::format : named.whole()::write;
  }

  private static DateTimeFormatter pattern(String text) {
    return DateTimeFormatter.ofPattern(text, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  private static DateTimeFormatter checked(String text) {
    try {
      DateTimeFormatter formatter = pattern(text);
      String sample = formatter.format(Instant.EPOCH);
      // Without any letter outside of quotes it would be a constant, such as a misplaced '*'.
      if (!sample.isEmpty() && text.replaceAll("'[^']*'", "").matches(".*[A-Za-z].*")) {
        return formatter;
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(notAFormat(text), e);
    }
    throw new IllegalArgumentException(notAFormat(text));
  }

  private static String notAFormat(String text) {
    return "'%s' is not a format of times; allowed are %s.".formatted(text, ALLOWED);
  }

  /**
   * The text of a time.
   *
   * @throws DateTimeException if it is too far away for this format
   */
  public String write(Instant time) {
    return writer.apply(time);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WrittenTime that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The format as it was written. */
  @Override
  public String toString() {
    return text;
  }

  private Object readResolve() {
    return new WrittenTime(text);
  }
}
