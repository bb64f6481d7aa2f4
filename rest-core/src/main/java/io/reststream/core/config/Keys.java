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

  /** Levenshtein's distance: how many letters to insert, delete or replace. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int above = row[j];
        int replace = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[right.length()];
  }
}
