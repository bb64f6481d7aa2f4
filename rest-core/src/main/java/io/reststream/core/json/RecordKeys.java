package io.reststream.core.json;

import io.reststream.core.offset.OffsetValue;
import io.reststream.core.offset.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes the key of a record: a hash of its key fields and its offset, or of all of its bytes. Runs
 * only for the records that may come again, so that it may read them a second time. Not
 * thread-safe.
 */
public final class RecordKeys {
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
      int[] slice = RecordField.find(page.body(), start, end, field);
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
}
