package io.reststream.spark.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Draws schemas, and JSON documents that fit them, or nearly. */
final class Documents {
  private static final List<DataType> PLAIN =
      List.of(
          DataTypes.BooleanType,
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.FloatType,
          DataTypes.DoubleType,
          DataTypes.StringType,
          DataTypes.BinaryType,
          DataTypes.DateType,
          DataTypes.TimestampType,
          DataTypes.TimestampNTZType,
          DataTypes.createDecimalType(10, 2),
          DataTypes.createDecimalType(38, 18),
          DataTypes.createDecimalType(20, 0),
          DataTypes.CalendarIntervalType);

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "-1",
          "7",
          "127",
          "128",
          "32768",
          "2147483647",
          "2147483648",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "12345678901234567890123456789012345678",
          "1.5",
          "1.50",
          "-2.675",
          "1e3",
          "1E400",
          "0.1234567890123456789",
          "1700000042",
          "\"\"",
          "\" \"",
          "\"text\"",
          "\"\\u00e9\\n\\\"q\\\"\\ud83d\\ude00\"",
          "\"Grüße, 世界\"",
          "\"12\"",
          "\"1,234.50\"",
          "\"NaN\"",
          "\"Infinity\"",
          "\"-INF\"",
          "\"true\"",
          "\"aGVsbG8=\"",
          "\"2024-02-29\"",
          "\"2023-02-29\"",
          "\"29.02.2024\"",
          "\"2024-02-29T12:34:56\"",
          "\"2024-02-29T12:34:56.789Z\"",
          "\"2024-02-29 12:34:56.123456+02:00\"",
          "\"2024-03-31T02:30:00\"",
          "\"1 day 2 hours\"",
          "[]",
          "[1,2]",
          "[null]",
          "{}",
          "{\"a\":1}",
          "{\"x\":{\"y\":[1,{\"z\":null}]}}");

  private final Random random;

  Documents(long seed) {
    random = new Random(seed);
  }

  StructType schema() {
    StructField[] fields = new StructField[3 + random.nextInt(8)];
    for (int i = 0; i < fields.length; i++) {
      // Spark 3.5 itself fails where void is nested.
      DataType type = random.nextInt(20) == 0 ? DataTypes.NullType : type(2);
      fields[i] = DataTypes.createStructField("f" + i, type, random.nextBoolean());
    }
    return DataTypes.createStructType(fields);
  }

  private DataType type(int depth) {
    int kind = depth == 0 ? 9 : random.nextInt(10);
    if (kind == 0) {
      return DataTypes.createArrayType(type(depth - 1));
    }
    if (kind == 1) {
      return DataTypes.createMapType(DataTypes.StringType, type(depth - 1));
    }
    if (kind == 2) {
      StructField[] fields = new StructField[1 + random.nextInt(3)];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = DataTypes.createStructField("n" + i, type(depth - 1), true);
      }
      return DataTypes.createStructType(fields);
    }
    return PLAIN.get(random.nextInt(PLAIN.size()));
  }

  /** Documents, most of them objects; none is an array. */
  List<String> documents(StructType schema, int count) {
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      documents.add(random.nextInt(50) == 0 ? scalar() : object(schema));
    }
    return documents;
  }

  private String scalar() {
    return List.of("7", "\"text\"", "true", "{}", "{\"other\":[1]}").get(random.nextInt(5));
  }

  private String object(StructType schema) {
    List<String> members = new ArrayList<>();
    for (StructField field : schema.fields()) {
      int luck = random.nextInt(100);
      if (luck < 6) {
        continue;
      }
      members.add("\"%s\":%s%s".formatted(field.name(), space(), value(field.dataType(), luck)));
    }
    if (random.nextInt(4) == 0) {
      members.add("\"other\":" + any());
    }
    java.util.Collections.shuffle(members, random);
    return "{" + space() + String.join("," + space(), members) + "}";
  }

  private String space() {
    return random.nextInt(5) == 0 ? " " : "";
  }

  private String any() {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  private String value(DataType type, int luck) {
    if (luck < 12) {
      return "null";
    }
    if (luck < 20) {
      return any();
    }
    if (type instanceof StructType struct) {
      return object(struct);
    }
    if (type instanceof ArrayType array) {
      List<String> values = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        values.add(value(array.elementType(), 10 + random.nextInt(200)));
      }
      return "[" + String.join(",", values) + "]";
    }
    if (type instanceof MapType map) {
      List<String> values = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        values.add("\"k%d\":%s".formatted(i, value(map.valueType(), 10 + random.nextInt(200))));
      }
      return "{" + String.join(",", values) + "}";
    }
    return plain(type);
  }

  private String plain(DataType type) {
    return switch (type.typeName()) {
      case "boolean" -> Boolean.toString(random.nextBoolean());
      case "byte" -> Integer.toString(random.nextInt(256) - 128);
      case "short" -> Integer.toString(random.nextInt(65536) - 32768);
      case "integer" -> Integer.toString(random.nextInt());
      case "long" -> Long.toString(random.nextLong());
      case "float", "double" -> Double.toString(random.nextGaussian() * 1e6);
      case "date" -> "\"%s\"".formatted(java.time.LocalDate.ofEpochDay(random.nextInt(40000)));
      case "timestamp", "timestamp_ntz" ->
          "\"%s\"".formatted(java.time.Instant.ofEpochMilli(random.nextInt() * 1000L));
      case "string" -> "\"s%d\"".formatted(random.nextInt());
      case "binary" -> "\"aGVsbG8=\"";
      default ->
          type.typeName().startsWith("decimal")
              ? "%d.%02d".formatted(random.nextInt(100000), random.nextInt(100))
              : any();
    };
  }
}
