package io.reststream.spark.log;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right of one start of a query to append. The newest epoch has it, all others have lost it.
 *
 * @param number counts the starts
 * @param token tells two starts apart that took the same number at the same time
 */
record Epoch(long number, String token) implements Comparable<Epoch> {
  private static final Pattern NAME = Pattern.compile("(\\d{10,})-([0-9a-f]{8})");
  private static final Comparator<Epoch> AGE =
      Comparator.comparingLong(Epoch::number).thenComparing(Epoch::token);

  static Optional<Epoch> parse(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches()
        ? Optional.of(new Epoch(Long.parseLong(parts.group(1)), parts.group(2)))
        : Optional.empty();
  }

  @Override
  public int compareTo(Epoch other) {
    return AGE.compare(this, other);
  }

  /** The name that goes into file names; sorts by age. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%010d-%s", number, token);
  }
}
