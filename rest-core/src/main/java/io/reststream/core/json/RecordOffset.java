package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.reststream.core.offset.OffsetValue;
import io.reststream.core.offset.TimeFormat;
import io.reststream.core.offset.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the offset in a record while it is scanned. Once found, the rest is passed over without
 * looking at names: of a name that a record holds twice, the first counts. For one thread.
 */
final class RecordOffset {
  private static final int SHOWN = 60;

  private final PathTree tree;
  private final List<FieldPath> fields;
  private final @Nullable TimeFormat format;
  private final Tuple.@Nullable Element[] parts;
  private byte[] body = new byte[0];
  private int start;
  private int missing;
  private @Nullable OffsetValue found;

  /**
   * What looks for the offset.
   *
   * @param tree where the fields are marked with their indices
   * @param format how times are written; null where values are taken as they come
   */
  RecordOffset(PathTree tree, List<FieldPath> fields, @Nullable TimeFormat format) {
    this.tree = tree;
    this.fields = fields;
    this.format = format;
    this.parts = new Tuple.Element[fields.size()];
  }

  /**
   * Reads a record whose first token was just read, and leaves the parser at its last one.
   *
   * @param bytes what is scanned, in which the record begins at {@code from}
   * @return null where the record has no offset
   */
  @Nullable OffsetValue find(JsonParser parser, JsonToken token, byte[] bytes, int from)
      throws IOException, ShapeException {
    body = bytes;
    start = from;
    found = null;
    missing = parts.length;
    Arrays.fill(parts, null);
    look(parser, token, tree);
    return found;
  }

  /** Gives whether all was found. */
  private boolean look(JsonParser parser, JsonToken token, PathTree node)
      throws IOException, ShapeException {
    if (node.target() >= 0) {
      if (parts.length > 1) {
        return part(parser, token, node.target());
      }
      found = token == JsonToken.START_ARRAY ? array(parser) : value(parser, token);
      parser.skipChildren();
      return true;
    }
    if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        PathTree child = node.child(parser.currentName());
        if (within(parser, parser.nextToken(), child)) {
          return true;
        }
      }
    } else if (token == JsonToken.START_ARRAY) {
      int element = 0;
      for (JsonToken value = parser.nextToken();
          value != JsonToken.END_ARRAY;
          value = parser.nextToken()) {
        if (within(parser, value, node.child(element++))) {
          return true;
        }
      }
    }
    return false;
  }

  /** One field or element; if it holds the offset, the rest of what it is in is passed over. */
  private boolean within(JsonParser parser, JsonToken value, @Nullable PathTree child)
      throws IOException, ShapeException {
    if (child != null) {
      if (look(parser, value, child)) {
        toTheEnd(parser);
        return true;
      }
    } else if (value.isStructStart()) {
      parser.skipChildren();
    }
    return false;
  }

  /** Passes over what is left of the object or array that the parser is in. */
  private static void toTheEnd(JsonParser parser) throws IOException {
    for (int depth = 1; depth > 0; ) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      }
    }
  }

  /** One of several values; gives whether it was the last that was missing. */
  private boolean part(JsonParser parser, JsonToken token, int index)
      throws IOException, ShapeException {
    boolean first = parts[index] == null;
    if (first && token != JsonToken.VALUE_NULL) {
      parts[index] = element(parser);
      missing--;
    }
    if (missing == 0) {
      found = OffsetValue.of(new Tuple(Arrays.asList(parts)));
    }
    parser.skipChildren();
    return missing == 0;
  }

  /** An array of values that are one; null for one without any, or with more than values. */
  private @Nullable OffsetValue array(JsonParser parser) throws IOException, ShapeException {
    List<Tuple.Element> elements = new ArrayList<>();
    boolean values = true;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      values &= token == JsonToken.VALUE_STRING || token.isNumeric();
      if (values) {
        elements.add(element(parser));
      }
      parser.skipChildren();
    }
    return values && !elements.isEmpty() ? OffsetValue.of(new Tuple(elements)) : null;
  }

  private Tuple.Element element(JsonParser parser) throws IOException, ShapeException {
    try {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        OwnValue.text(parser, "in an offset");
      }
      Tuple.Element element = Tuple.element(parser);
      if (element != null) {
        return element;
      }
    } catch (NumberFormatException e) {
      throw tooManyDigits(parser, e);
    }
    throw new ShapeException(
        "has %s among the values of the field '%s', but numbers and texts were expected, in the record that begins %s"
            .formatted(FieldNames.kind(parser.currentToken()), names(), beginning()));
  }

  private @Nullable OffsetValue value(JsonParser parser, JsonToken token)
      throws IOException, ShapeException {
    if (format != null) {
      return time(parser, token);
    }
    try {
      return switch (token) {
        case VALUE_NUMBER_INT ->
            parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? OffsetValue.ofNumber(parser.getText())
                : OffsetValue.of(parser.getLongValue());
        case VALUE_NUMBER_FLOAT -> OffsetValue.ofNumber(parser.getText());
        case VALUE_STRING ->
            parser.getTextLength() == 0
                ? null
                : OffsetValue.ofText(OwnValue.text(parser, "in an offset"));
        default -> null;
      };
    } catch (NumberFormatException | ArithmeticException e) {
      throw tooManyDigits(parser, e);
    }
  }

  private @Nullable OffsetValue time(JsonParser parser, JsonToken token)
      throws IOException, ShapeException {
    boolean none =
        !token.isScalarValue()
            || token == JsonToken.VALUE_NULL
            || token.isBoolean()
            || parser.getTextLength() == 0;
    if (none) {
      return null;
    }
    String text = OwnValue.text(parser, "in an offset");
    OffsetValue time = OffsetValue.ofTime(text, Objects.requireNonNull(format));
    if (time == null) {
      throw new ShapeException(
          "has '%s' in the field '%s', which is no time of 'offsetFormat'='%s', in the record that begins %s"
              .formatted(shown(text), names(), format, beginning()));
    }
    return time;
  }

  private static ShapeException tooManyDigits(JsonParser parser, Exception cause)
      throws IOException {
    return new ShapeException(
        "has an offset with too many digits: " + shown(parser.getText()), cause);
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  private String names() {
    return fields.stream().map(FieldPath::toString).collect(Collectors.joining(","));
  }

  /** The first bytes of the record. */
  private String beginning() {
    int end = Math.min(body.length, start + SHOWN);
    String text =
        new String(body, start, end - start, StandardCharsets.UTF_8)
            .replaceAll("[\\s\\p{Cntrl}]+", " ");
    return end < body.length ? text + "..." : text;
  }
}
