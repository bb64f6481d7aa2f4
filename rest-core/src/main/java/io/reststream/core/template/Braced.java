package io.reststream.core.template;

import org.jspecify.annotations.Nullable;

/**
 * A placeholder of a header or a body: {@code {name}}, or {@code {name:format}} for a time.
 *
 * @param format the text after the colon; null without one
 * @param end the index behind its closing brace
 */
record Braced(String name, @Nullable String format, int end) {

  /** What begins with the brace at this index; null where what stands there is anything else. */
  static @Nullable Braced at(String text, int brace) {
    int end = Varnames.end(text, brace + 1);
    if (end == brace + 1 || end == text.length()) {
      return null;
    }
    String name = text.substring(brace + 1, end);
    if (text.charAt(end) == '}') {
      return new Braced(name, null, end + 1);
    }
    int close = text.charAt(end) == ':' ? formatEnd(text, end + 1) : -1;
    return close < 0 ? null : new Braced(name, text.substring(end + 1, close), close + 1);
  }

  /**
   * The brace that closes a format; -1 where there is none. A number would be a prefix, which only
   * a url can have, and quotes, braces and a space first are those of the text around.
   */
  private static int formatEnd(String text, int from) {
    int at = from;
    while (at < text.length() && "{}\"\\\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    boolean closed = at > from && at < text.length() && text.charAt(at) == '}';
    return closed && text.charAt(from) != ' ' && !Character.isDigit(text.charAt(from)) ? at : -1;
  }
}
