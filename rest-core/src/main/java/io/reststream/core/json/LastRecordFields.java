package io.reststream.core.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of a page's last record that lead on to the next page. */
public final class LastRecordFields {
  private LastRecordFields() {}

  /**
   * The value of a field as JSON, or an array of those of several.
   *
   * @param page a page with records
   * @param index which record
   * @throws ShapeException if the record lacks one, or it holds an object
   */
  public static String json(ScannedPage page, int index, List<FieldPath> fields)
      throws ShapeException {
    List<String> values = new ArrayList<>();
    for (FieldPath field : fields) {
      values.add(value(page, index, field));
    }
    String json = fields.size() == 1 ? values.get(0) : "[" + String.join(",", values) + "]";
    OwnValue.requireShort(json.length(), "in the fields of its last record for the next page");
    return json;
  }

  private static String value(ScannedPage page, int index, FieldPath field) throws ShapeException {
    int start = page.start(index);
    int end = page.end(index);
    byte[] body = page.body();
    int[] slice = RecordField.find(body, start, end, field);
    if (slice == null) {
      throw new ShapeException(
          "has a last record without the field '%s' (option 'nextField') that leads on to the next page; %s"
              .formatted(field, FieldNames.describe(body, start, end)));
    }
    if (body[slice[0]] == '{') {
      throw new ShapeException(
          "has an object in the field '%s' (option 'nextField') of its last record, but a text, a number or an array was expected"
              .formatted(field));
    }
    return new String(body, slice[0], slice[1] - slice[0], StandardCharsets.UTF_8);
  }
}
