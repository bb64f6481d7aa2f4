package io.reststream.core.offset;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A distance between two offsets: {@code 5m} between times, {@code 100} between numbers; a number
 * between times is one of seconds.
 *
 * @param number the distance between numbers; null where a unit makes it a time span
 * @param duration the distance between times
 */
public record Span(@Nullable BigDecimal number, Duration duration) {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(ms|s|m|min|h|d)?");

  /** Reads a span; null if the text is none. */
  public static @Nullable Span parse(String text) {
    Matcher matcher = TEXT.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return null;
    }
    BigDecimal amount = new BigDecimal(matcher.group(1));
    String unit = matcher.group(2);
    long unitMillis =
        switch (unit == null ? "s" : unit) {
          case "ms" -> 1L;
          case "s" -> 1_000L;
          case "m", "min" -> 60_000L;
          case "h" -> 3_600_000L;
          default -> 86_400_000L;
        };
    Duration duration =
        Duration.ofMillis(amount.multiply(BigDecimal.valueOf(unitMillis)).longValue());
    return new Span(unit == null ? amount.stripTrailingZeros() : null, duration);
  }

  /** Whether there is no distance at all. */
  public boolean isZero() {
    return number == null ? duration.isZero() : number.signum() == 0;
  }

  /** Whether this is a distance between whole numbers. */
  public boolean isWhole() {
    return number != null && number.scale() <= 0;
  }

  /** One text for one distance. */
  @Override
  public String toString() {
    return number == null ? duration.toString() : number.toPlainString();
  }
}
