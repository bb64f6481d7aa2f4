package io.reststream.spark.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** NaN and its like, which are texts in JSON: the decoder knows them, but not the inference. */
final class NonNumbers {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> QUOTED = Set.of("\"NaN\"", "\"Infinity\"", "\"-Infinity\"");

  private NonNumbers() {}

  /** A record in which they stand without quotes. */
  static String unquoted(String record) {
    StringBuilder written = new StringBuilder();
    int kept = 0;
    try (JsonParser parser = JSON.createParser(record)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          int start = (int) parser.currentTokenLocation().getCharOffset();
          int end = start + parser.getText().length() + 2;
          if (QUOTED.contains(record.substring(start, Math.min(end, record.length())))) {
            written.append(record, kept, start).append(record, start + 1, end - 1);
            kept = end;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
    return written.append(record, kept, record.length()).toString();
  }
}
