package io.reststream.spark.read;

import io.reststream.core.Input;
import io.reststream.core.InputType;
import io.reststream.core.RestException;
import java.math.BigInteger;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the inputs, typed by their values, and the record's own where it has no others.
 *
 * <p>A column is {@code boolean}, {@code bigint} or {@code double} if all its values are (whole
 * numbers count as {@code double} next to fractions, as long as none is rounded), else {@code
 * string}: text as it is, everything else as its JSON text.
 */
public final class InputColumns {
  /** The column that holds the record's JSON, exactly as the API sent it. */
  public static final String OUTPUT = "output";

  /** The column of a record that stays as it is. */
  public static final StructType OUTPUT_ONLY =
      DataTypes.createStructType(
          List.of(DataTypes.createStructField(OUTPUT, DataTypes.StringType, false)));

  private InputColumns() {}

  /** What is wrong with an input's column that has the name of the record's. */
  public static String clash(String column) {
    return ("Option 'inputData' must not have a column '%s': the record stands in the column"
            + " 'output', and Spark's columns ignore case.")
        .formatted(column);
  }

  /** The columns of these inputs, in this order. */
  public static List<StructField> fields(List<Input> inputs, List<String> columns) {
    return columns.stream()
        .map(column -> DataTypes.createStructField(column, type(inputs, column), true))
        .toList();
  }

  private static DataType type(List<Input> inputs, String column) {
    return switch (InputType.of(inputs, column)) {
      case BOOLEAN -> DataTypes.BooleanType;
      case WHOLE -> DataTypes.LongType;
      case FRACTION -> DataTypes.DoubleType;
      case TEXT -> DataTypes.StringType;
    };
  }

  /** An input's value as Spark keeps it in a row of this type. */
  static @Nullable Object value(Input input, StructField field) {
    Object value = input.values().get(field.name());
    if (value == null) {
      return null;
    }
    DataType type = field.dataType();
    if (type.equals(DataTypes.StringType)) {
      return UTF8String.fromString(InputType.text(value));
    }
    if (type.equals(DataTypes.BooleanType) && value instanceof Boolean) {
      return value;
    }
    if (type.equals(DataTypes.LongType) && InputType.WHOLE.holds(value)) {
      return ((Number) value).longValue();
    }
    if (type.equals(DataTypes.DoubleType) && InputType.FRACTION.holds(value)) {
      return ((Number) value).doubleValue();
    }
    throw new RestException(
        ("The page log holds records of an input whose column '%s' is %s, but the column is of type"
                + " %s now that 'inputData' has changed, which cannot hold it exactly. Restore"
                + " 'inputData' until these records are delivered.")
            .formatted(field.name(), kind(value), type.simpleString()));
  }

  private static String kind(Object value) {
    if (value instanceof String) {
      return "text";
    }
    if (value instanceof Boolean) {
      return "a boolean";
    }
    if (value instanceof BigInteger || InputType.WHOLE.holds(value)) {
      return "a whole number";
    }
    return value instanceof Number ? "a number with a fraction" : "a list or an object";
  }
}
