package io.reststream.flink.table;

import io.reststream.core.Calls;
import io.reststream.core.Input;
import io.reststream.core.PageInfo;
import io.reststream.core.RestException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of a lookup join from the records of an answer. A key's column that a record does
 * not have gets the value that was asked for; a record that has another value there is no row, as
 * an API that finds more than it was asked for would otherwise join what is not equal.
 *
 * @param columns those of the table itself, in the order that the query wants
 * @param keys by their columns
 */
record LookupRows(RowDecoder decoder, List<Column> columns, Map<Integer, LookupKeys.Key> keys)
    implements Serializable {

  /** A column of a row that the decoder makes. */
  record Column(String name, boolean nullable, RowData.FieldGetter getter)
      implements Serializable {}

  static LookupRows of(RowDecoder decoder, RestTableSource.Wanted wanted, LookupKeys keys) {
    RowType rows = (RowType) wanted.rows().getLogicalType();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < rows.getFieldCount() - decoder.metadata().size(); i++) {
      LogicalType type = rows.getTypeAt(i);
      // Flink's getters of what is NOT NULL do not look, and a record may lack anything.
      columns.add(
          new Column(
              rows.getFieldNames().get(i),
              type.isNullable(),
              RowData.createFieldGetter(type.copy(true), i)));
    }
    Map<Integer, LookupKeys.Key> byColumn = new HashMap<>();
    keys.keys().forEach(key -> byColumn.put(key.column(), key));
    return new LookupRows(decoder, List.copyOf(columns), byColumn);
  }

  /**
   * Refuses a column that cannot hold what stands for a call that failed.
   *
   * @throws ValidationException naming the column
   */
  void requireNullable(String table) {
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (!column.nullable() && !keys.containsKey(i)) {
        throw new ValidationException(
            "The column '%s' of the table %s is NOT NULL, but with 'on-error'='null' a call that failed leaves it null. Declare it without NOT NULL, or set 'on-error' to 'fail' or 'skip'."
                .formatted(column.name(), table));
      }
    }
  }

  void open(DeserializationSchema.InitializationContext context) throws Exception {
    decoder.open(context);
  }

  /** The row that stands for a call that failed. */
  RowData failed(RowData key, Input input, @Nullable String error) {
    GenericRowData origin = decoder.origin(input, null, error);
    return Objects.requireNonNull(row(new GenericRowData(columns.size()), origin, key));
  }

  /**
   * The rows of an answer.
   *
   * @throws RestException if a record is no row
   */
  List<RowData> answered(RowData key, Input input, Calls.Answer answer) {
    List<RowData> rows = new ArrayList<>();
    for (int i = 0; i < answer.outputs().size(); i++) {
      PageInfo page = answer.pages().get(i);
      GenericRowData origin = decoder.origin(input, page, null);
      String record = Objects.requireNonNull(answer.outputs().get(i));
      try {
        for (RowData decoded : decode(record)) {
          requireValues(decoded);
          RowData row = row(decoded, origin, key);
          if (row != null) {
            rows.add(row);
          }
        }
      } catch (IOException | RuntimeException e) {
        throw new RestException(
            "Record %d of %d of %s cannot be deserialized: %s"
                .formatted(i + 1, answer.outputs().size(), page.url(), e.getMessage()),
            e);
      }
    }
    return rows;
  }

  private List<RowData> decode(String record) throws IOException {
    List<RowData> decoded = new ArrayList<>(1);
    synchronized (decoder) { // answers come in many threads
      decoder.decode(record.getBytes(StandardCharsets.UTF_8), null, new Gather(decoded));
    }
    return decoded;
  }

  private void requireValues(RowData decoded) {
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (!column.nullable() && !keys.containsKey(i) && decoded.isNullAt(i)) {
        throw new IllegalArgumentException(
            "it has no value for the column '%s', which is NOT NULL".formatted(column.name()));
      }
    }
  }

  /** Null where the record is one of another key. */
  private @Nullable RowData row(RowData decoded, @Nullable GenericRowData origin, RowData key) {
    int metadata = decoder.metadata().size();
    GenericRowData row = new GenericRowData(decoded.getRowKind(), columns.size() + metadata);
    for (int i = 0; i < columns.size(); i++) {
      Object value = columns.get(i).getter().getFieldOrNull(decoded);
      LookupKeys.Key its = keys.get(i);
      if (its != null) {
        Object asked = its.getter().getFieldOrNull(key);
        if (value != null && !value.equals(asked)) {
          return null;
        }
        value = asked;
      }
      row.setField(i, value);
    }
    for (int i = 0; i < metadata && origin != null; i++) {
      row.setField(columns.size() + i, origin.getField(i));
    }
    return row;
  }

  private record Gather(List<RowData> rows) implements Collector<RowData> {
    @Override
    public void collect(RowData row) {
      rows.add(row);
    }

    @Override
    public void close() {}
  }
}
