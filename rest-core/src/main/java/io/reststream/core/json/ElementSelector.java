package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chooses an element of an array by the value of one of its fields: {@code [rel=next]}.
 *
 * @param field the field's name
 * @param value its text
 */
record ElementSelector(String field, String value) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern SEGMENT = Pattern.compile("\\[([^\\[\\]=]+)=([^\\[\\]]*)]");

  /** The selector that a path's segment is; null if it is a name. */
  static @Nullable ElementSelector of(String segment) {
    Matcher matcher = SEGMENT.matcher(segment);
    return matcher.matches() ? new ElementSelector(matcher.group(1), matcher.group(2)) : null;
  }

  /** Whether it chooses the value in this part of a body. */
  boolean matches(byte[] body, int start, int end) throws IOException {
    try (JsonParser parser = JSON.createParser(body, start, end - start)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(field);
        JsonToken token = parser.nextToken();
        if (found) {
          return token.isScalarValue() && parser.getText().equals(value);
        }
        parser.skipChildren();
      }
      return false;
    }
  }
}
