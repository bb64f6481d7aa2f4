package io.reststream.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins, told to readers as an opaque token: after the record of a number, so that an
 * append never shifts it, and after so many pages that were left empty on purpose.
 *
 * @param emptyPages how many empty pages came before
 * @param after the number of the last record that was served; 0 at the start
 */
record Place(int emptyPages, long after) {

  static final Place START = new Place(0, 0);

  private static final Set<String> START_WORDS = Set.of("", "0", "start");
  private static final Pattern PLAIN = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

  String token() {
    byte[] plain = (emptyPages + ":" + after).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
  }

  /** The place that a token names; empty if this API never gave such a token. */
  static Optional<Place> of(@Nullable String token) {
    if (token == null || START_WORDS.contains(token)) {
      return Optional.of(START);
    }
    try {
      byte[] plain = Base64.getUrlDecoder().decode(token);
      Matcher parts = PLAIN.matcher(new String(plain, StandardCharsets.US_ASCII));
      return parts.matches()
          ? Optional.of(new Place(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2))))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** The index in {@code ordered} at which the page begins; empty if its record is gone. */
  OptionalInt indexIn(List<FeedRecord> ordered) {
    if (after == 0) {
      return OptionalInt.of(0);
    }
    for (int i = 0; i < ordered.size(); i++) {
      if (ordered.get(i).number() == after) {
        return OptionalInt.of(i + 1);
      }
    }
    return OptionalInt.empty();
  }
}
