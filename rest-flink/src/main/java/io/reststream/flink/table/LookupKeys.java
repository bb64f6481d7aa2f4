package io.reststream.flink.table;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import io.reststream.core.Input;
import io.reststream.core.RestConfig;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a lookup join, and the inputs that their values are.
 *
 * @param keys in the order of a key row
 */
record LookupKeys(List<Key> keys) implements Serializable {

  /**
   * A key.
   *
   * @param column its place among the columns that the query wants
   */
  record Key(String name, int column, LogicalType type, RowData.FieldGetter getter)
      implements Serializable {}

  /**
   * The keys of a join.
   *
   * @param paths the keys by their places, from outside to inside
   * @throws ValidationException if one of them is no column whose value can be sent
   */
  static LookupKeys of(int[][] paths, RestTableSource.Wanted wanted) {
    RowType rows = (RowType) wanted.rows().getLogicalType();
    List<Key> keys = new ArrayList<>();
    for (int[] path : paths) {
      String name = rows.getFieldNames().get(path[0]);
      LogicalType type = rows.getTypeAt(path[0]);
      boolean metadata = path[0] >= wanted.columns().length;
      if (path.length > 1 || metadata || wanted.columns()[path[0]].length > 1) {
        throw new ValidationException(
            "The lookup key '%s' must be a column of the table itself, but is %s."
                .formatted(name, metadata ? "a metadata column" : "a field of a row"));
      }
      if (!hasText(type)) {
        throw new ValidationException(
            "The lookup key '%s' is of type %s, which has no text form to send. Cast it to a string in the query."
                .formatted(name, type.asSummaryString()));
      }
      keys.add(new Key(name, path[0], type, RowData.createFieldGetter(type, keys.size())));
    }
    return new LookupKeys(keys);
  }

  private static boolean hasText(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case CHAR,
          VARCHAR,
          BOOLEAN,
          TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          FLOAT,
          DOUBLE,
          DECIMAL,
          DATE,
          TIME_WITHOUT_TIME_ZONE,
          TIMESTAMP_WITHOUT_TIME_ZONE,
          TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          true;
      default -> false;
    };
  }

  List<String> names() {
    return keys.stream().map(Key::name).toList();
  }

  /**
   * Refuses a key that no request sends: each row would be given all that the API has.
   *
   * @throws ValidationException naming the key
   */
  void requirePlaceholders(RestConfig config, String table) {
    List<String> sent = config.sentColumns();
    for (Key key : keys) {
      if (!sent.contains(key.name())) {
        throw new ValidationException(
            "The lookup key '%1$s' has no placeholder: a request of the table %2$s sends %3$s. Write {%1$s} where it belongs in the url, the body or a header, or set 'query-type'='querystring', or compare it with something other than '='."
                .formatted(
                    key.name(),
                    table,
                    sent.isEmpty()
                        ? "no key"
                        : sent.stream().map("{%s}"::formatted).collect(Collectors.joining(", "))));
      }
    }
  }

  /** The input that a key row is. */
  Input input(RowData row) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (Key key : keys) {
      values.put(key.name(), value(key.getter().getFieldOrNull(row), key.type()));
    }
    return Input.of(values);
  }

  /** A value as an input holds it; times as ISO-8601, with their seconds. */
  private static @Nullable Object value(@Nullable Object field, LogicalType type) {
    if (field == null) {
      return null;
    }
    return switch (type.getTypeRoot()) {
      case DATE -> LocalDate.ofEpochDay((int) field).toString();
      case TIME_WITHOUT_TIME_ZONE ->
          ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay((int) field * 1_000_000L));
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          ISO_LOCAL_DATE_TIME.format(((TimestampData) field).toLocalDateTime());
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> ((TimestampData) field).toInstant().toString();
      case DECIMAL -> ((DecimalData) field).toBigDecimal();
      case CHAR, VARCHAR -> field.toString();
      default -> field;
    };
  }
}
