package io.reststream.core.template;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The text of a placeholder's value, before any encoding. */
final class ValueText {

  /** Beyond this many places a decimal keeps its exponent, so that 1e999999999 stays short. */
  private static final int MAX_PLACES = 1_000;

  private ValueText() {}

  /**
   * The text of a string, number or boolean. Numbers are exact and without exponent.
   *
   * @param name the placeholder, for the error
   */
  static String scalar(String name, @Nullable Object value) {
    if (value instanceof CharSequence text) {
      return wellFormed(name, text.toString());
    }
    if (value instanceof Boolean || value instanceof Instant) {
      return value.toString();
    }
    if (value instanceof Number number) {
      return number(name, number);
    }
    throw new IllegalArgumentException(
        ("Placeholder '%s' must be a string, number or boolean, or a list or map of these,"
                + " but holds %s.")
            .formatted(name, value == null ? "null" : "a " + value.getClass().getName()));
  }

  /**
   * The text of any value as RFC 6570's simple expansion has it, not encoded: the members of a list
   * joined by commas, a map as key, value, key, value; undefined is empty.
   */
  static String joined(String name, @Nullable Object value) {
    if (value instanceof Collection<?> list) {
      StringJoiner text = new StringJoiner(",");
      for (Object member : list) {
        if (member != null) {
          text.add(scalar(name, member));
        }
      }
      return text.toString();
    }
    if (value instanceof Map<?, ?> map) {
      StringJoiner text = new StringJoiner(",");
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (entry.getValue() != null) {
          text.add(scalar(name, entry.getKey())).add(scalar(name, entry.getValue()));
        }
      }
      return text.toString();
    }
    return value == null ? "" : scalar(name, value);
  }

  private static String number(String name, Number number) {
    if (number instanceof BigDecimal decimal) {
      return plain(decimal);
    }
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new IllegalArgumentException(
            "Placeholder '%s' must be a finite number, but is %s.".formatted(name, number));
      }
      return plain(new BigDecimal(number.toString()));
    }
    return number.toString();
  }

  private static String plain(BigDecimal decimal) {
    boolean shortEnough = Math.abs((long) decimal.scale()) <= MAX_PLACES;
    return shortEnough ? decimal.toPlainString() : decimal.toString();
  }

  /** Half of a surrogate pair has no UTF-8 form and would silently become a question mark. */
  private static String wellFormed(String name, String text) {
    int at = Surrogates.firstUnpaired(text);
    if (at >= 0) {
      throw new IllegalArgumentException(
          ("Placeholder '%s' must be well-formed text,"
                  + " but holds half of a surrogate pair at index %d.")
              .formatted(name, at));
    }
    return text;
  }
}
