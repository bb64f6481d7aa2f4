package io.reststream.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Cuts the records out of a response as the text that they came in. */
final class JsonSlices {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonSlices() {}

  /** The elements of the array at {@code path}, or the object there; nothing if it is absent. */
  static List<String> at(String text, List<String> path) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      return parser.currentToken() == JsonToken.START_ARRAY
          ? elements(parser, text)
          : descend(parser, text, path);
    }
  }

  /** The lines, each of which is a whole JSON value. */
  static List<String> lines(String text) throws IOException {
    List<String> lines = text.lines().toList();
    for (String line : lines) {
      try (JsonParser parser = JSON.createParser(line)) {
        parser.nextToken();
        parser.skipChildren();
      }
    }
    return lines;
  }

  private static List<String> descend(JsonParser parser, String text, List<String> path)
      throws IOException {
    if (path.isEmpty()) {
      return parser.currentToken() == JsonToken.START_ARRAY
          ? elements(parser, text)
          : List.of(value(parser, text));
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean here = parser.getCurrentName().equals(path.get(0));
      parser.nextToken();
      if (here) {
        return descend(parser, text, path.subList(1, path.size()));
      }
      parser.skipChildren();
    }
    return List.of();
  }

  private static List<String> elements(JsonParser parser, String text) throws IOException {
    List<String> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser, text));
    }
    return elements;
  }

  private static String value(JsonParser parser, String text) throws IOException {
    int start = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    parser.finishToken();
    return text.substring(start, (int) parser.currentLocation().getCharOffset());
  }
}
