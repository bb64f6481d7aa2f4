package io.reststream.spark.decode;

import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.core.config.LeniencyOptions;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How records are read as columns: a schema, and Spark's options for JSON.
 *
 * @param columns the columns of a record, with that of the corrupt record if there is one
 * @param options Spark's options for JSON
 * @param zone the session's time zone
 * @param corruptColumn the name of the corrupt record's column, in the schema or not
 */
public record RecordFormat(
    StructType columns, Map<String, String> options, String zone, String corruptColumn)
    implements Serializable {
  public RecordFormat {
    options = Map.copyOf(options);
  }

  /**
   * The format of this schema, as the options and the session want it.
   *
   * @throws RestException if the schema cannot be used for JSON
   */
  public static RecordFormat of(StructType schema, RestConfig config) {
    SQLConf session = SQLConf.get();
    Map<String, String> options = JsonOptions.texts(config);
    String corrupt =
        options.getOrDefault(JsonOptions.CORRUPT_COLUMN.key(), session.columnNameOfCorruptRecord());
    // A field may be missing in a record, whatever the schema says.
    RecordFormat format =
        new RecordFormat(
            schema.asNullable(), new HashMap<>(options), session.sessionLocalTimeZone(), corrupt);
    format.check();
    return format;
  }

  /**
   * The columns that Spark finds in records: those that are objects, without a column for those
   * that are not.
   */
  public static StructType infer(List<String> records, RestConfig config) {
    SparkSession session = SparkSession.active();
    List<String> sample =
        config.value(LeniencyOptions.NON_NUMBERS)
            ? records.stream().map(NonNumbers::unquoted).toList()
            : records;
    Map<String, String> options = new HashMap<>(JsonOptions.texts(config));
    options.remove(JsonOptions.MODE.key());
    String corrupt =
        options.getOrDefault(
            JsonOptions.CORRUPT_COLUMN.key(), SQLConf.get().columnNameOfCorruptRecord());
    StructType schema =
        session
            .read()
            .options(options)
            .json(session.createDataset(sample, Encoders.STRING()))
            .schema();
    return SparkJson.without(schema, corrupt);
  }

  private void check() {
    Set<String> names = new HashSet<>();
    for (StructField column : columns.fields()) {
      if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
        throw new RestException(
            "The schema has the column '%s' twice; Spark's columns ignore case."
                .formatted(column.name()));
      }
      if (column.name().equals(corruptColumn) && !column.dataType().equals(DataTypes.StringType)) {
        throw new RestException(
            ("The schema's column '%s' is for records that it cannot hold and must be of type"
                    + " string, but was %s.")
                .formatted(column.name(), column.dataType().simpleString()));
      }
      checkKeys(column.name(), column.dataType());
    }
    SparkJson unused = json(columns);
  }

  private static void checkKeys(String column, DataType type) {
    if (type instanceof MapType map) {
      if (!map.keyType().equals(DataTypes.StringType)) {
        throw new RestException(
            ("The schema's column '%s' must not hold %s: the names of a JSON object are text, so a"
                    + " map's keys must be of type string.")
                .formatted(column, map.simpleString()));
      }
      checkKeys(column, map.valueType());
    } else if (type instanceof ArrayType array) {
      checkKeys(column, array.elementType());
    } else if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        checkKeys(column + "." + field.name(), field.dataType());
      }
    }
  }

  /**
   * A decoder of the columns that are wanted. Which rows there are never depends on them: where a
   * malformed record counts, all columns are decoded.
   */
  public RecordDecoder decoder(List<String> wanted) {
    boolean allCount =
        !ParseMode.PERMISSIVE.name().equals(mode()) || wanted.contains(corruptColumn);
    StructType decoded =
        allCount
            ? columns
            : DataTypes.createStructType(
                Arrays.stream(columns.fields())
                    .filter(column -> wanted.contains(column.name()))
                    .toArray(StructField[]::new));
    int[] places = wanted.stream().mapToInt(decoded::fieldIndex).toArray();
    return new RecordDecoder(decoded, places, json(decoded));
  }

  /** Whether a record may give no row. */
  public boolean mayDrop() {
    return ParseMode.DROPMALFORMED.name().equals(mode());
  }

  private String mode() {
    return options.getOrDefault(JsonOptions.MODE.key(), ParseMode.PERMISSIVE.name());
  }

  private SparkJson json(StructType decoded) {
    List<String> positions =
        Arrays.stream(columns.fieldNames()).filter(name -> !name.equals(corruptColumn)).toList();
    return new SparkJson(decoded, positions, options, zone, corruptColumn);
  }
}
