package io.reststream.core.template;

/**
 * The variable names of RFC 6570, section 2.3: letters, digits, {@code _} and pct-encoded triplets,
 * with single dots between them. They are the names that all templates have in common.
 */
final class Varnames {

  static final String ALLOWED =
      "letters, digits, '_', percent-encoded characters such as '%20', and '.' between them";

  private Varnames() {}

  /** The end of the longest name that begins here; {@code from} itself where none does. */
  static int end(String text, int from) {
    int end = from;
    int at = from;
    while (true) {
      int next = afterVarchar(text, at);
      if (next > at) {
        end = next;
        at = next;
      } else if (at == end && at > from && at < text.length() && text.charAt(at) == '.') {
        at++;
      } else {
        return end;
      }
    }
  }

  private static int afterVarchar(String text, int at) {
    if (at >= text.length()) {
      return at;
    }
    char c = text.charAt(at);
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    boolean varchar = letter || (c >= '0' && c <= '9') || c == '_';
    return varchar ? at + 1 : PercentEncoder.isTriplet(text, at) ? at + 3 : at;
  }
}
