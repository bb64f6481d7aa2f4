package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.reststream.core.offset.OffsetValue;
import io.reststream.core.offset.RecordKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the key of a record: a hash of its key fields and its offset, or of all of its bytes. Runs
 * only for the records that may come again, so that it may read them a second time. Not
 * thread-safe.
 */
public final class RecordKeys {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] SEPARATOR = {0};

  private final List<FieldPath> fields;
  private final RecordKey.Hasher hasher = new RecordKey.Hasher();

  /** Keys of these fields; none for all of a record's bytes. */
  public RecordKeys(List<FieldPath> fields) {
    this.fields = List.copyOf(fields);
  }

  /**
   * The key of a record.
   *
   * @throws ShapeException if the record lacks a key field
   */
  public RecordKey key(ScannedPage page, int index) throws ShapeException {
    int start = page.start(index);
    int end = page.end(index);
    if (fields.isEmpty()) {
      return hasher.put(page.body(), start, end).key();
    }
    for (FieldPath field : fields) {
      int[] slice = find(page.body(), start, end, field);
      if (slice == null) {
        throw new ShapeException(
            "has a record without the field '%s' (option 'keyField'); %s"
                .formatted(field, FieldNames.describe(page.body(), start, end)));
      }
      hasher.put(page.body(), slice[0], slice[1]).put(SEPARATOR, 0, 1);
    }
    OffsetValue value = page.value(index);
    if (value != null) {
      byte[] text = value.text().getBytes(StandardCharsets.UTF_8);
      hasher.put(text, 0, text.length);
    }
    return hasher.key();
  }

  /** Where a field's value stands in the body; null if it is absent or null. */
  private static int @Nullable [] find(byte[] body, int start, int end, FieldPath field) {
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
