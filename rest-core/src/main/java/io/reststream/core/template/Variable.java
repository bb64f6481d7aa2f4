package io.reststream.core.template;

import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One variable of an expression, with its modifier.
 *
 * @param label the name that is written before the value
 * @param explode whether {@code *} follows the name
 * @param prefix how many characters of the value are taken; {@link #WHOLE} without a prefix
 * @param format how the value, a time, is written; null for any value
 */
record Variable(
    String name, String label, boolean explode, int prefix, @Nullable WrittenTime format)
    implements Serializable {

  static final int WHOLE = Integer.MAX_VALUE;

  /** Appends a defined value; what stands before it is the expression's. */
  void expand(Operator operator, Object given, StringBuilder out) {
    Object value = format == null ? given : TimeValue.text(name, given, format);
    if (value instanceof Collection<?> list) {
      refusePrefix("list");
      expandList(operator, list, out);
    } else if (value instanceof Map<?, ?> map) {
      refusePrefix("map");
      expandMap(operator, map, out);
    } else {
      String text = ValueText.scalar(name, value);
      if (operator.named) {
        appendName(label, text, operator, out);
      }
      int end = prefix == WHOLE ? text.length() : prefixEnd(text, operator.reserved);
      PercentEncoder.encode(text, end, operator.reserved, out);
    }
  }

  Variable unformatted() {
    return new Variable(name, label, explode, prefix, null);
  }

  private void expandList(Operator operator, Collection<?> list, StringBuilder out) {
    openJoined(operator, out);
    boolean first = true;
    for (Object member : list) {
      if (member == null) {
        continue;
      }
      out.append(first ? "" : separator(operator));
      first = false;
      String text = ValueText.scalar(name, member);
      if (explode && operator.named) {
        appendName(label, text, operator, out);
      }
      PercentEncoder.encode(text, text.length(), operator.reserved, out);
    }
  }

  private void expandMap(Operator operator, Map<?, ?> map, StringBuilder out) {
    openJoined(operator, out);
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (entry.getValue() == null) {
        continue;
      }
      out.append(first ? "" : separator(operator));
      first = false;
      String key = ValueText.scalar(name, entry.getKey());
      String text = ValueText.scalar(name, entry.getValue());
      // The RFC encodes an exploded key as a literal; as a value, a key cannot add a parameter.
      PercentEncoder.encode(key, key.length(), operator.reserved, out);
      out.append(!explode ? "," : operator.named && text.isEmpty() ? operator.ifEmpty : "=");
      PercentEncoder.encode(text, text.length(), operator.reserved, out);
    }
  }

  private void openJoined(Operator operator, StringBuilder out) {
    if (operator.named && !explode) {
      out.append(label).append('=');
    }
  }

  private String separator(Operator operator) {
    return explode ? operator.separator : ",";
  }

  private static void appendName(String label, String text, Operator operator, StringBuilder out) {
    out.append(label).append(text.isEmpty() ? operator.ifEmpty : "=");
  }

  private void refusePrefix(String kind) {
    if (prefix != WHOLE) {
      throw new IllegalArgumentException(
          ("Placeholder '%s' must be a single value, since '%s:%d' takes its first characters,"
                  + " but is a %s.")
              .formatted(name, name, prefix, kind));
    }
  }

  /** Counts code points; where triplets pass as they are, those of one character count as one. */
  private int prefixEnd(String text, boolean reserved) {
    int end = 0;
    for (int count = 0; count < prefix && end < text.length(); count++) {
      if (reserved && PercentEncoder.isTriplet(text, end)) {
        end += 3;
        while (isContinuation(text, end)) {
          end += 3;
        }
      } else {
        end += Character.charCount(text.codePointAt(end));
      }
    }
    return end;
  }

  /** Whether a triplet stands here that continues a UTF-8 sequence (octets 80 to BF). */
  private static boolean isContinuation(String text, int at) {
    return PercentEncoder.isTriplet(text, at) && "89abAB".indexOf(text.charAt(at + 1)) >= 0;
  }
}
