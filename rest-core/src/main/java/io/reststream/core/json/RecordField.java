package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Finds a field of a record that was scanned before. */
final class RecordField {
  private static final JsonFactory JSON = new JsonFactory();

  private RecordField() {}

  /** Where a field's value stands in the body; null if it is absent or null. */
  static int @Nullable [] find(byte[] body, int start, int end, FieldPath field) {
    try (JsonParser parser = JSON.createParser(body, start, end - start)) {
      JsonToken token = parser.nextToken();
      for (String segment : field.segments()) {
        token = child(parser, token, segment);
        if (token == null) {
          return null;
        }
      }
      int from = start + (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      parser.finishToken();
      int to = start + (int) parser.currentLocation().getByteOffset();
      return token == JsonToken.VALUE_NULL ? null : new int[] {from, to};
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }

  private static @Nullable JsonToken child(JsonParser parser, JsonToken token, String segment)
      throws IOException {
    if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(segment);
        JsonToken value = parser.nextToken();
        if (found) {
          return value;
        }
        parser.skipChildren();
      }
    } else if (token == JsonToken.START_ARRAY) {
      for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
        if (Integer.toString(index).equals(segment)) {
          return parser.currentToken();
        }
        parser.skipChildren();
      }
    }
    return null;
  }
}
