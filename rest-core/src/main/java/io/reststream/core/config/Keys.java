package io.reststream.core.config;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How option keys compare, and which known one an unknown one may have meant. */
final class Keys {
  private static final int FARTHEST = 3;

  private Keys() {}

  /** A key without case, {@code -} and {@code _}. */
  static String normalized(String key) {
    return key.trim().replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** The name of the header that {@code header.<Name>} sets; empty for another key. */
  static Optional<String> header(String key) {
    int dot = key.indexOf('.');
    boolean header =
        dot >= 0 && normalized(key.substring(0, dot + 1)).equals(RestOptions.HEADER_PREFIX);
    return header ? Optional.of(key.substring(dot + 1).trim()) : Optional.empty();
  }

  /** The known key that is nearest to an unknown one, if any is near. */
  static Optional<String> nearest(String unknown, Set<String> known) {
    String wanted = normalized(unknown);
    int limit = Math.max(1, Math.min(FARTHEST, wanted.length() / 3));
    return known.stream()
        .map(key -> Map.entry(key, distance(wanted, normalized(key))))
        .filter(entry -> entry.getValue() <= limit)
        .min(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Comparator.comparing(Map.Entry::getKey)))
        .map(Map.Entry::getKey);
  }

  /** How many letters to insert, delete, replace, or swap with the next (Damerau, 1964). */
  private static int distance(String left, String right) {
    int[][] steps = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int replace = steps[i - 1][j - 1] + (same ? 0 : 1);
        steps[i][j] = Math.min(replace, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        if (swapped) {
          steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
        }
      }
    }
    return steps[left.length()][right.length()];
  }
}
