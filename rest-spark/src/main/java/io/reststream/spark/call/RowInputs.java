package io.reststream.spark.call;

import io.reststream.core.Input;
import io.reststream.core.RestException;
import java.io.Serializable;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VarcharType;
import org.jspecify.annotations.Nullable;

/** Makes inputs of rows: the values of those columns that a request sends. */
public final class RowInputs implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final List<DataType> SCALARS =
      List.of(
          DataTypes.BooleanType,
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.FloatType,
          DataTypes.DoubleType,
          DataTypes.DateType,
          DataTypes.TimestampType,
          DataTypes.TimestampNTZType);

  private final String[] names;
  private final int[] places;
  private final DataType[] types;

  /**
   * Inputs of rows.
   *
   * @param schema what the rows hold
   * @param sent the columns that a request sends
   * @throws RestException if a column's values cannot be sent, or two columns have one name
   */
  public RowInputs(StructType schema, List<String> sent) {
    Set<String> seen = new HashSet<>();
    for (String name : schema.fieldNames()) {
      if (!seen.add(name)) {
        throw new RestException(
            "The inputs have a column '%s' twice. Rename one of them, or leave it out."
                .formatted(name));
      }
    }
    names = sent.toArray(String[]::new);
    places = new int[names.length];
    types = new DataType[names.length];
    for (int i = 0; i < names.length; i++) {
      places[i] = schema.fieldIndex(names[i]);
      StructField field = schema.fields()[places[i]];
      types[i] = field.dataType();
      if (!hasText(types[i])) {
        throw new RestException(
            "The column '%s' is of type %s, which has no text form to send. Cast it to a string in the query, for example with hex, base64 or to_json."
                .formatted(names[i], types[i].simpleString()));
      }
    }
  }

  private static boolean hasText(DataType type) {
    if (type instanceof ArrayType array) {
      return isScalar(array.elementType());
    }
    if (type instanceof MapType map) {
      return isText(map.keyType()) && isScalar(map.valueType());
    }
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        if (!hasText(field.dataType())) {
          return false;
        }
      }
      return true;
    }
    return isScalar(type);
  }

  private static boolean isScalar(DataType type) {
    return isText(type)
        || type instanceof DecimalType
        || type instanceof NullType
        || SCALARS.contains(type);
  }

  private static boolean isText(DataType type) {
    return type instanceof StringType || type instanceof CharType || type instanceof VarcharType;
  }

  /** The input that a row is. */
  public Input input(Row row) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      values.put(names[i], value(row, places[i], types[i]));
    }
    return Input.of(values);
  }

  private static @Nullable Object value(Row row, int at, DataType type) {
    if (row.isNullAt(at)) {
      return null;
    }
    if (type instanceof ArrayType) {
      List<@Nullable Object> list = new ArrayList<>();
      row.getList(at).forEach(element -> list.add(scalar(element)));
      return list;
    }
    if (type instanceof MapType) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      row.getJavaMap(at).forEach((key, value) -> map.put(key.toString(), scalar(value)));
      return map;
    }
    if (type instanceof StructType struct) {
      Row inner = row.getStruct(at);
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = 0; i < struct.fields().length; i++) {
        map.put(struct.fields()[i].name(), value(inner, i, struct.fields()[i].dataType()));
      }
      return map;
    }
    return scalar(row.get(at));
  }

  /** A value as an input holds it; times as ISO-8601, with their seconds. */
  private static @Nullable Object scalar(@Nullable Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Timestamp time) {
      // Its own instant is another one before 1582, when the calendar changed.
      long micros = (Long) CatalystTypeConverters.convertToCatalyst(time);
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
    if (value instanceof LocalDateTime time) {
      String instant = time.toInstant(ZoneOffset.UTC).toString();
      return instant.substring(0, instant.length() - 1);
    }
    return value.toString();
  }
}
