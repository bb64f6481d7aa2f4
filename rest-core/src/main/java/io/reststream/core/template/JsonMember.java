package io.reststream.core.template;

import java.io.Serializable;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A member of a JSON object whose whole value is a placeholder, so that it can be left out.
 *
 * @param before the text from its key up to the placeholder: {@code "after": } or {@code "after":
 *     "}
 * @param after the quote that closes the value, or nothing
 */
record JsonMember(String before, String after) implements Serializable {

  /**
   * The member that a placeholder is the value of; null for none.
   *
   * @param strings the indices of a text that are within a string, its closing quote included
   * @param from the index of the placeholder's brace
   * @param to the index behind it
   */
  static @Nullable JsonMember at(String text, BitSet strings, int from, int to) {
    boolean quoted = strings.get(from);
    boolean opened = quoted && text.charAt(from - 1) == '"' && !strings.get(from - 1);
    boolean closed = to < text.length() && text.charAt(to) == '"';
    if (quoted && !(opened && closed)) {
      return null;
    }
    int colon = beforeSpace(text, quoted ? from - 1 : from);
    int quote = colon < 0 || text.charAt(colon) != ':' ? -1 : beforeSpace(text, colon);
    return quote < 0 || !strings.get(quote)
        ? null
        : new JsonMember(text.substring(strings.previousClearBit(quote), from), quoted ? "\"" : "");
  }

  private static int beforeSpace(String text, int end) {
    int at = end - 1;
    while (at >= 0 && isSpace(text.charAt(at))) {
      at--;
    }
    return at;
  }

  /**
   * Takes away the comma that a member needed which is not there.
   *
   * @param before what stands before it
   * @param after what follows it
   * @return what follows then
   */
  static String join(StringBuilder before, String after) {
    int next = 0;
    while (next < after.length() && isSpace(after.charAt(next))) {
      next++;
    }
    if (next < after.length() && after.charAt(next) == ',') {
      do {
        next++;
      } while (next < after.length() && isSpace(after.charAt(next)));
      return after.substring(next);
    }
    int last = before.length() - 1;
    while (isSpace(before.charAt(last))) {
      last--;
    }
    if (before.charAt(last) == ',') {
      before.setLength(last);
    }
    return after;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
