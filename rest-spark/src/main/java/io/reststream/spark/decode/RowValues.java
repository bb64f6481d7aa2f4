package io.reststream.spark.decode;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Function1;

/** Takes values out of rows as Spark itself keeps them. */
public final class RowValues {
  private final Map<String, Integer> places = new HashMap<>();
  private final List<Function1<Object, Object>> conversions;

  /** Values of rows of this schema. */
  public RowValues(StructType schema) {
    StructField[] fields = schema.fields();
    for (int i = 0; i < fields.length; i++) {
      places.put(fields[i].name(), i);
    }
    conversions =
        Arrays.stream(schema.fields())
            .map(field -> CatalystTypeConverters.createToCatalystConverter(field.dataType()))
            .toList();
  }

  /** Whether the rows have a column. */
  public boolean has(String column) {
    return places.containsKey(column);
  }

  /** The value of a column that the rows have. */
  public @Nullable Object value(Row row, String column) {
    int place = Objects.requireNonNull(places.get(column));
    return row.isNullAt(place) ? null : conversions.get(place).apply(row.get(place));
  }
}
