package io.reststream.core.template;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a placeholder's value as one complete JSON value. */
final class JsonValueText {

  private JsonValueText() {}

  /** Text that is a JSON number is written as that number, in its own digits. */
  static void append(String name, @Nullable Object value, StringBuilder out) {
    String text = value instanceof CharSequence chars ? chars.toString() : "";
    if (isNumber(text)) {
      out.append(text);
    } else {
      appendMember(name, value, out);
    }
  }

  /** Within a list or map, text stays text. */
  private static void appendMember(String name, @Nullable Object value, StringBuilder out) {
    if (value == null) {
      out.append("null");
    } else if (value instanceof CharSequence) {
      appendString(ValueText.scalar(name, value), out);
    } else if (value instanceof Collection<?> list) {
      String separator = "[";
      for (Object member : list) {
        out.append(separator);
        appendMember(name, member, out);
        separator = ",";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator);
        appendString(ValueText.scalar(name, entry.getKey()), out);
        out.append(':');
        appendMember(name, entry.getValue(), out);
        separator = ",";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else {
      String text = ValueText.scalar(name, value);
      if (value instanceof Boolean || isNumber(text)) {
        out.append(text);
      } else {
        appendString(text, out);
      }
    }
  }

  private static void appendString(String text, StringBuilder out) {
    out.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, out);
    out.append('"');
  }

  /** The number of RFC 8259, section 6. */
  private static boolean isNumber(String text) {
    int at = !text.isEmpty() && text.charAt(0) == '-' ? 1 : 0;
    int afterInteger = afterDigits(text, at);
    boolean leadingZero = afterInteger > at + 1 && text.charAt(at) == '0';
    if (afterInteger == at || leadingZero) {
      return false;
    }
    at = afterInteger;
    if (at < text.length() && text.charAt(at) == '.') {
      int afterFraction = afterDigits(text, at + 1);
      if (afterFraction == at + 1) {
        return false;
      }
      at = afterFraction;
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      boolean signed =
          at + 1 < text.length() && (text.charAt(at + 1) == '+' || text.charAt(at + 1) == '-');
      int digits = at + (signed ? 2 : 1);
      int afterExponent = afterDigits(text, digits);
      return afterExponent > digits && afterExponent == text.length();
    }
    return at == text.length();
  }

  private static int afterDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
