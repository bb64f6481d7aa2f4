package io.reststream.spark.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reststream.core.Input;
import io.reststream.core.RestConfig;
import io.reststream.spark.read.InputColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** The inputs of {@code inputData} as rows; one row without columns where there are none. */
final class InputRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private InputRows() {}

  static Dataset<Row> of(SparkSession spark, RestConfig config) {
    List<StructField> fields = InputColumns.fields(config.inputs(), config.inputColumns());
    List<Row> rows = new ArrayList<>();
    for (Input input : config.inputs()) {
      rows.add(
          RowFactory.create(
              fields.stream()
                  .map(field -> value(input.values().get(field.name()), field.dataType()))
                  .toArray()));
    }
    return spark.createDataFrame(rows, DataTypes.createStructType(fields));
  }

  private static @Nullable Object value(@Nullable Object value, DataType type) {
    if (value instanceof Number number && type.equals(DataTypes.LongType)) {
      return number.longValue();
    }
    if (value instanceof Number number && type.equals(DataTypes.DoubleType)) {
      return number.doubleValue();
    }
    if (value == null || value instanceof String || type.equals(DataTypes.BooleanType)) {
      return value;
    }
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An input holds JSON values only, but had " + value, e);
    }
  }
}
