package io.reststream.core.config;

import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One status such as {@code 404}, or a class of them such as {@code 5xx}.
 *
 * @param text as it was written
 * @param first the first status
 * @param count how many there are
 */
public record StatusRange(String text, int first, int count) {
  private static final Pattern ONE = Pattern.compile("[3-9]\\d\\d");
  private static final Pattern CLASS = Pattern.compile("[3-9][xX][xX]");
  private static final int PER_CLASS = 100;

  /** The range of a text; null if it is none. */
  static @Nullable StatusRange parse(String text) {
    String range = text.trim();
    if (ONE.matcher(range).matches()) {
      return new StatusRange(range, Integer.parseInt(range), 1);
    }
    if (CLASS.matcher(range).matches()) {
      return new StatusRange(range, (range.charAt(0) - '0') * PER_CLASS, PER_CLASS);
    }
    return null;
  }

  /** Whether this is one status. */
  boolean isOne() {
    return count == 1;
  }

  IntStream statuses() {
    return IntStream.range(first, first + count);
  }
}
