package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the values that become part of a position, which have to stay small. */
final class OwnValue {
  private static final int LONGEST = 64 << 10;

  private OwnValue() {}

  /**
   * A value of the response itself.
   *
   * @param purpose what it is there for
   * @return null where there is none
   */
  static ScannedPage.@Nullable Scalar read(JsonParser parser, JsonToken token, String purpose)
      throws IOException, ShapeException {
    return switch (token) {
      case VALUE_STRING ->
          new ScannedPage.Scalar(text(parser, "in its own field for the " + purpose), false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new ScannedPage.Scalar(parser.getText(), true);
      case VALUE_NULL, VALUE_FALSE -> null;
      default ->
          throw new ShapeException(
              "has %s in its own field for the %s, but a text or a number was expected"
                  .formatted(FieldNames.kind(token), purpose));
    };
  }

  /** The text that the parser is at. */
  static String text(JsonParser parser, String where) throws IOException, ShapeException {
    requireShort(parser.getTextLength(), where);
    return parser.getText();
  }

  /** Refuses a value that a position should not hold. */
  static void requireShort(int length, String where) throws ShapeException {
    if (length > LONGEST) {
      throw new ContradictionException(
          "has %d characters %s, more than the %d that a position can hold"
              .formatted(length, where, LONGEST));
    }
  }
}
