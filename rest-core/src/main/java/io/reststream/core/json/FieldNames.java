package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Names what a JSON value holds, for messages. */
public final class FieldNames {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST = 20;
  private static final int LONGEST = 60;

  private FieldNames() {}

  /** "its fields are: a, b" for an object, "it is an array" for something else. */
  public static String describe(byte[] body, int start, int end) {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body, start, end - start)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        return "it is " + (first == null ? "empty" : kind(first));
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        if (names.size() == MOST) {
          names.add("...");
          break;
        }
        String name = parser.currentName();
        names.add(name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "...");
        parser.nextToken();
        parser.skipChildren();
      }
    } catch (IOException e) {
      names.add("... (broken after these)");
    }
    return names.isEmpty() ? "it has no fields" : "its fields are: " + String.join(", ", names);
  }

  /** A value in words. */
  static String kind(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "an array";
      case START_OBJECT -> "an object";
      case VALUE_STRING -> "a text";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "a number";
    };
  }
}
