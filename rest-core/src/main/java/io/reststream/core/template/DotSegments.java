package io.reststream.core.template;

import java.util.List;

/**
 * Refuses values that make a path segment {@code .} or {@code ..}. Encoding a dot has no effect
 * (RFC 3986, section 6.2.2.2), so a client, proxy or server would drop such a segment, and with
 * {@code ..} the one before it, and the request would go to another path.
 */
final class DotSegments {

  private DotSegments() {}

  /** Whether a segment of this path is a dot segment, whoever wrote it. */
  static boolean present(CharSequence path, int length) {
    return next(path, 0, length) >= 0;
  }

  /** Throws where a value wrote one; the template's own text and {@code {+x}} may. */
  static void refuse(List<UriPart> path, Placeholders values) {
    StringBuilder out = new StringBuilder();
    int[] ends = new int[path.size()];
    for (int i = 0; i < ends.length; i++) {
      path.get(i).expand(values, out);
      ends[i] = out.length();
    }
    for (int at = next(out, 0, out.length()); at >= 0; at = next(out, at + 1, out.length())) {
      int end = afterDots(out, at, out.length());
      for (int i = 0; i < ends.length; i++) {
        int from = i == 0 ? 0 : ends[i - 1];
        boolean wrote = from < ends[i] && from < end && ends[i] > at;
        if (wrote && path.get(i) instanceof Expression part && !part.operator().reserved) {
          throw new IllegalArgumentException(
              "The value of '%s' must not make the path segment '%s', which leads to another path."
                  .formatted(part.source(), out.substring(at, end)));
        }
      }
    }
  }

  /** The start of the first dot segment at or after this index; -1 without one. */
  private static int next(CharSequence path, int from, int length) {
    for (int at = from; at < length; at++) {
      boolean starts = at == 0 || path.charAt(at - 1) == '/';
      if (starts && afterDots(path, at, length) > at) {
        return at;
      }
    }
    return -1;
  }

  /** The end of the dot segment that starts here; {@code start} itself without one. */
  private static int afterDots(CharSequence path, int start, int length) {
    int end = afterDot(path, afterDot(path, start, length), length);
    // Many servers drop what follows a semicolon before they look at the dots.
    boolean ends = end == length || path.charAt(end) == '/' || path.charAt(end) == ';';
    return ends ? end : start;
  }

  private static int afterDot(CharSequence path, int at, int length) {
    if (at < length && path.charAt(at) == '.') {
      return at + 1;
    }
    boolean encoded =
        at + 2 < length
            && path.charAt(at) == '%'
            && path.charAt(at + 1) == '2'
            && (path.charAt(at + 2) | 0x20) == 'e';
    return encoded ? at + 3 : at;
  }
}
