package io.reststream.core.template;

/**
 * What a header's value is made of (RFC 9110, section 5.5). Letters beyond ASCII have no agreed
 * encoding there, and the JDK's client would send them as question marks.
 */
final class HeaderText {

  static final String ALLOWED = "printable ASCII characters, spaces and tabs";

  private HeaderText() {}

  /** The index of the first character that a header cannot hold; -1 without one. */
  static int firstRefused(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if ((c < ' ' && c != '\t') || c > '~') {
        return at;
      }
    }
    return -1;
  }
}
