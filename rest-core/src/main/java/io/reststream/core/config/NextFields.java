package io.reststream.core.config;

import io.reststream.core.json.FieldPath;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code nextField} names: a value of the response, or one or several fields of its last
 * record.
 *
 * @param fields at least one
 */
public record NextFields(List<ResponseField> fields) {
  public NextFields {
    fields = List.copyOf(fields);
  }

  /**
   * Reads fields that are separated by commas.
   *
   * @throws IllegalArgumentException if one is none
   */
  static NextFields parse(String text) {
    return new NextFields(Arrays.stream(text.split(",", -1)).map(ResponseField::parse).toList());
  }

  /** The first or only one. */
  ResponseField first() {
    return fields.get(0);
  }

  /** Those that are fields of a JSON document. */
  List<FieldPath> paths() {
    return fields.stream()
        .filter(ResponseField.Body.class::isInstance)
        .map(field -> ((ResponseField.Body) field).path())
        .toList();
  }

  @Override
  public String toString() {
    return fields.stream().map(ResponseField::toString).collect(Collectors.joining(","));
  }
}
