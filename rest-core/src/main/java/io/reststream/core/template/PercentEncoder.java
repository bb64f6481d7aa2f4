package io.reststream.core.template;

import java.util.HexFormat;

/**
 * Writes text as a URI may hold it: unreserved characters as they are, everything else as the
 * pct-encoded octets of its UTF-8 form (RFC 3986, section 2; RFC 6570, section 3.2.1).
 */
final class PercentEncoder {

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final boolean[] UNRESERVED = new boolean[128];
  private static final boolean[] UNRESERVED_OR_RESERVED = new boolean[128];

  static {
    String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    (letters + "0123456789-._~").chars().forEach(c -> UNRESERVED[c] = true);
    System.arraycopy(UNRESERVED, 0, UNRESERVED_OR_RESERVED, 0, UNRESERVED.length);
    ":/?#[]@!$&'()*+,;=".chars().forEach(c -> UNRESERVED_OR_RESERVED[c] = true);
  }

  private PercentEncoder() {}

  /**
   * Appends the text up to {@code end}.
   *
   * @param text well-formed UTF-16
   * @param reservedToo whether reserved characters and pct-encoded triplets pass as they are
   */
  static void encode(String text, int end, boolean reservedToo, StringBuilder out) {
    boolean[] allowed = reservedToo ? UNRESERVED_OR_RESERVED : UNRESERVED;
    int copied = 0;
    for (int at = 0; at < end; at++) {
      char c = text.charAt(at);
      if ((c < 128 && allowed[c]) || (reservedToo && isTriplet(text, at))) {
        continue;
      }
      out.append(text, copied, at);
      int codePoint = text.codePointAt(at);
      octets(codePoint, out);
      at += Character.charCount(codePoint) - 1;
      copied = at + 1;
    }
    out.append(text, copied, end);
  }

  /** Whether {@code %} and two hexadecimal digits stand at this index. */
  static boolean isTriplet(String text, int at) {
    return at + 2 < text.length()
        && text.charAt(at) == '%'
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }

  private static void octets(int codePoint, StringBuilder out) {
    if (codePoint < 0x80) {
      octet(codePoint, out);
    } else if (codePoint < 0x800) {
      octet(0xC0 | (codePoint >> 6), out);
      continuation(codePoint, out);
    } else if (codePoint < 0x10000) {
      octet(0xE0 | (codePoint >> 12), out);
      continuation(codePoint >> 6, out);
      continuation(codePoint, out);
    } else {
      octet(0xF0 | (codePoint >> 18), out);
      continuation(codePoint >> 12, out);
      continuation(codePoint >> 6, out);
      continuation(codePoint, out);
    }
  }

  private static void continuation(int bits, StringBuilder out) {
    octet(0x80 | (bits & 0x3F), out);
  }

  private static void octet(int octet, StringBuilder out) {
    out.append('%').append(HEX[octet >> 4]).append(HEX[octet & 0xF]);
  }
}
