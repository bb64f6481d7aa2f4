package io.reststream.spark.log;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file that belongs to a segment. No two epochs ever write the same name, so that a
 * late writer cannot overwrite what its successor wrote, even where creating a file is not atomic.
 *
 * @param segment the segment's number
 * @param epoch who wrote the file
 * @param part counts the files of one epoch for one segment; 0 where there is only one
 */
record FileName(long segment, Epoch epoch, long part) {
  static final Comparator<FileName> NEWEST_FIRST =
      Comparator.comparingLong(FileName::segment)
          .thenComparing(FileName::epoch)
          .thenComparingLong(FileName::part)
          .reversed();

  private static final Pattern NAME = Pattern.compile("(\\d{16,})\\.(\\d+-[0-9a-f]+)\\.(\\d+)");

  static Optional<FileName> parse(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches()
        ? Epoch.parse(parts.group(2))
            .map(
                epoch ->
                    new FileName(
                        Long.parseLong(parts.group(1)), epoch, Long.parseLong(parts.group(3))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%016d.%s.%d", segment, epoch, part);
  }
}
