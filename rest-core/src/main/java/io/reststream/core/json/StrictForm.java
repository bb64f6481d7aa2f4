package io.reststream.core.json;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * Writes as JSON what Jackson was seen to read: byte by byte, and only what is not JSON anew. Text
 * is UTF-8, whose further bytes are none of the characters that are looked for.
 */
final class StrictForm {
  private static final byte[] NOTHING = {};
  private static final byte[] QUOTE = {'"'};
  private static final byte[] ESCAPED_QUOTE = {'\\', '"'};
  private static final byte[] SPACE = {' '};
  private static final int UNICODE_ESCAPE = 6;
  private static final int BYTE_ORDER_MARK = 0xEF;

  private final byte[] body;
  private final boolean lines;
  private final Set<Leniency> needed = EnumSet.noneOf(Leniency.class);
  private byte[] written = NOTHING;
  private boolean counting = true;
  private long size;
  private int at;
  private int kept; // up to here it is written

  private StrictForm(byte[] body, boolean lines) {
    this.body = body;
    this.lines = lines;
  }

  /**
   * The form of a body, which is measured before it is written.
   *
   * @param lines whether each line is a document, so that no text goes over several
   * @throws ShapeException if one does
   */
  static StrictForm of(byte[] body, boolean lines) throws ShapeException {
    StrictForm form = new StrictForm(body, lines);
    form.walk();
    return form;
  }

  /** What the body holds beyond JSON. */
  Set<Leniency> needed() {
    return needed;
  }

  /** How many bytes there are. */
  long size() {
    return size;
  }

  /** The bytes; those of the body itself if it is JSON. */
  byte[] bytes() throws ShapeException {
    if (needed.isEmpty()) {
      return body;
    }
    written = new byte[Math.toIntExact(size)];
    counting = false;
    walk();
    return written;
  }

  private void walk() throws ShapeException {
    size = 0;
    kept = 0;
    at = body.length > 0 && (body[0] & 0xFF) == BYTE_ORDER_MARK ? 3 : 0;
    while (at < body.length) {
      switch (body[at]) {
        case ' ', '\t', '\r', '\n', '{', '}', '[', ']', ',', ':' -> at++;
        case '"', '\'' -> string(body[at]);
        case '/' -> comment();
        default -> word();
      }
    }
    replace(0, NOTHING);
  }

  /** Puts something in the place of the next bytes. */
  private void replace(int length, byte[] with) {
    int before = at - kept;
    if (!counting) {
      System.arraycopy(body, kept, written, (int) size, before);
      System.arraycopy(with, 0, written, (int) size + before, with.length);
    }
    size += before + with.length;
    at += length;
    kept = at;
  }

  /** A comment is white space, with the line breaks that it holds: lines stay lines. */
  private void comment() {
    needed.add(Leniency.COMMENTS);
    int end = afterComment(at);
    StringBuilder breaks = new StringBuilder();
    for (int i = at; i < end; i++) {
      if (body[i] == '\n') {
        breaks.append('\n');
      }
    }
    replace(end - at, breaks.isEmpty() ? SPACE : ascii(breaks.toString()));
  }

  private int afterComment(int from) {
    int i = from + 2;
    if (body[from + 1] == '*') {
      while (body[i] != '*' || body[i + 1] != '/') {
        i++;
      }
      return i + 2;
    }
    while (i < body.length && body[i] != '\n' && body[i] != '\r') {
      i++;
    }
    return i;
  }

  /** A name or a value without quotes: up to white space, a mark or a comment. */
  private void word() {
    int end = at;
    while (end < body.length && isOfWord(body[end])) {
      end++;
    }
    if (isName(end)) {
      needed.add(Leniency.UNQUOTED_NAMES);
      replace(0, QUOTE);
      at = end;
      replace(0, QUOTE);
    } else if (isNumber(end)) {
      withoutZeros(end);
    } else {
      value(end);
    }
  }

  private static boolean isOfWord(byte character) {
    return switch (character) {
      case ' ', '\t', '\r', '\n', '{', '}', '[', ']', ',', ':', '"', '\'', '/' -> false;
      default -> true;
    };
  }

  /** Whether a colon follows, and not only white space and comments. */
  private boolean isName(int end) {
    int i = end;
    while (i < body.length) {
      switch (body[i]) {
        case ' ', '\t', '\r', '\n' -> i++;
        case '/' -> i = afterComment(i);
        default -> {
          return body[i] == ':';
        }
      }
    }
    return false;
  }

  private boolean isNumber(int end) {
    int first = body[at] == '-' ? at + 1 : at;
    return first < end && isDigit(body[first]);
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  private void withoutZeros(int end) {
    at += body[at] == '-' ? 1 : 0;
    int zeros = 0;
    while (at + zeros + 1 < end && body[at + zeros] == '0' && isDigit(body[at + zeros + 1])) {
      zeros++;
    }
    if (zeros > 0) {
      needed.add(Leniency.LEADING_ZEROS);
      replace(zeros, NOTHING);
    }
    at = end;
  }

  /** A value that is no number: true, false, null, or one of those that JSON has no form for. */
  private void value(int end) {
    boolean plus = body[at] == '+';
    String positive =
        new String(body, at, Math.min(end - at, 16), StandardCharsets.ISO_8859_1)
            .substring(plus ? 1 : 0);
    String text =
        switch (positive) {
          case "NaN", "Infinity", "-Infinity" -> positive;
          case "INF" -> "Infinity";
          case "-INF" -> "-Infinity";
          default -> null;
        };
    if (text == null) {
      at = end;
    } else {
      needed.add(Leniency.NON_NUMBERS);
      replace(end - at, ascii('"' + text + '"'));
    }
  }

  private void string(byte quote) throws ShapeException {
    int start = at;
    boolean single = quote == '\'';
    quote(single);
    while (body[at] != quote) {
      if (body[at] == '\\') {
        escape(single, start);
      } else if (body[at] == '"') {
        replace(1, ESCAPED_QUOTE);
      } else if (isControl(body[at])) {
        needed.add(Leniency.CONTROL_CHARACTERS);
        control(1, start);
      } else {
        at++;
      }
    }
    quote(single);
  }

  private void quote(boolean single) {
    if (single) {
      needed.add(Leniency.SINGLE_QUOTES);
      replace(1, QUOTE);
    } else {
      at++;
    }
  }

  /** What JSON does not escape stands for itself. */
  private void escape(boolean single, int start) throws ShapeException {
    byte escaped = body[at + 1];
    switch (escaped) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at += 2;
      case 'u' -> at += UNICODE_ESCAPE;
      default -> {
        boolean quote = single && escaped == '\'';
        needed.add(quote ? Leniency.SINGLE_QUOTES : Leniency.ANY_ESCAPE);
        if (isControl(escaped)) {
          control(2, start);
        } else {
          replace(1, NOTHING);
          at++;
        }
      }
    }
  }

  private static boolean isControl(byte character) {
    return character >= 0 && character < ' ';
  }

  /** A control character, which ends what is replaced, is written as an escape. */
  private void control(int length, int start) throws ShapeException {
    byte character = body[at + length - 1];
    if (lines && character == '\n') {
      throw NdjsonLines.problem(body, start, "begins a text that goes over several lines");
    }
    String escape =
        switch (character) {
          case '\b' -> "\\b";
          case '\t' -> "\\t";
          case '\n' -> "\\n";
          case '\f' -> "\\f";
          case '\r' -> "\\r";
          default -> "\\u%04x".formatted(character);
        };
    replace(length, ascii(escape));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
