package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.reststream.core.offset.OffsetValue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the offset in a record while it is scanned. Once found, the rest is passed over without
 * looking at names: of a name that a record holds twice, the first counts. For one thread.
 */
final class RecordOffset {
  /** What the offset's node in the tree is marked with. */
  static final int TARGET = 0;

  private static final int SHOWN = 60;

  private final PathTree tree;
  private @Nullable OffsetValue found;

  RecordOffset(PathTree tree) {
    this.tree = tree;
  }

  /**
   * Reads a record whose first token was just read, and leaves the parser at its last one.
   *
   * @return null where the record has no offset
   */
  @Nullable OffsetValue find(JsonParser parser, JsonToken token)
      throws IOException, ShapeException {
    found = null;
    look(parser, token, tree);
    return found;
  }

  private boolean look(JsonParser parser, JsonToken token, PathTree node)
      throws IOException, ShapeException {
    if (node.target() == TARGET) {
      found = value(parser, token);
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

  private static @Nullable OffsetValue value(JsonParser parser, JsonToken token)
      throws IOException, ShapeException {
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
      String text = parser.getText();
      String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
      throw new ShapeException("has an offset with too many digits: " + shown, e);
    }
  }
}
