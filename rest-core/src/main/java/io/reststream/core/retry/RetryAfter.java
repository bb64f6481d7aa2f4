package io.reststream.core.retry;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code Retry-After} header (RFC 9110, section 10.2.3): seconds, also with decimals as
 * some APIs send them, or an HTTP date.
 */
public final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");
  private static final double MILLIS = 1_000.0;

  private RetryAfter() {}

  /**
   * When to come again.
   *
   * @param header the header's value
   * @param now what seconds are counted from
   * @return null if the value is neither seconds nor a date
   */
  public static @Nullable Instant parse(String header, Instant now) {
    String text = header.strip();
    if (SECONDS.matcher(text).matches()) {
      return now.plusMillis((long) Math.ceil(Double.parseDouble(text) * MILLIS));
    }
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
