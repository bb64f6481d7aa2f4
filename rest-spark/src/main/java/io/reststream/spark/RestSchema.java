package io.reststream.spark;

import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.spark.decode.RecordFormat;
import io.reststream.spark.read.InputColumns;
import io.reststream.spark.read.OriginColumn;
import io.reststream.spark.read.RowFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a read: those of {@code inputData}, those of the record, and those of {@code
 * metadataColumns}. The record's are the given schema's, or {@code output} alone.
 */
final class RestSchema {
  private final RestConfig config;
  private final List<StructField> inputs;
  private final List<StructField> origins;

  private RestSchema(RestConfig config) {
    this.config = config;
    this.inputs =
        config.value(SparkOptions.INCLUDE_INPUTS)
            ? InputColumns.fields(config.inputs(), config.inputColumns())
            : List.of();
    this.origins =
        config.value(SparkOptions.METADATA_COLUMNS).stream().map(OriginColumn::field).toList();
  }

  /** The columns of a read whose records stay as they are. */
  static StructType untyped(RestConfig config) {
    return new RestSchema(config).columns(InputColumns.OUTPUT_ONLY);
  }

  /** The columns of a read whose records have these columns. */
  static StructType typed(RestConfig config, StructType record) {
    return new RestSchema(config).columns(record);
  }

  /**
   * The rows of a read with this schema: that of the record, or of all columns, as {@code load()}
   * gives it.
   *
   * @throws RestException if names clash, or the schema cannot be used for JSON
   */
  static RowFormat rows(RestConfig config, StructType given) {
    RestSchema schema = new RestSchema(config);
    StructType own = schema.record(given);
    RecordFormat record = isOutput(own) ? null : RecordFormat.of(own, config);
    StructType columns =
        schema.columns(record == null ? InputColumns.OUTPUT_ONLY : record.columns());
    schema.check(own, record);
    Set<String> names = new HashSet<>();
    schema.inputs.forEach(column -> names.add(column.name()));
    return new RowFormat(columns, names, record);
  }

  private StructType columns(StructType record) {
    List<StructField> columns = new ArrayList<>(inputs);
    columns.addAll(Arrays.asList(record.fields()));
    columns.addAll(origins);
    return DataTypes.createStructType(columns);
  }

  /** The record's columns of a schema that may be that of all columns. */
  private StructType record(StructType given) {
    List<StructField> fields = Arrays.asList(given.fields());
    int size = fields.size();
    int from = inputs.size();
    int to = size - origins.size();
    boolean all =
        from <= to
            && same(fields.subList(0, from), inputs)
            && same(fields.subList(to, size), origins);
    return all ? DataTypes.createStructType(fields.subList(from, to)) : given;
  }

  /** Whether columns are the same, null or not, which a catalog may forget. */
  private static boolean same(List<StructField> some, List<StructField> others) {
    for (int i = 0; i < some.size(); i++) {
      StructField one = some.get(i);
      StructField other = others.get(i);
      if (!one.name().equals(other.name()) || !one.dataType().equals(other.dataType())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOutput(StructType record) {
    StructField[] fields = record.fields();
    return fields.length == 1
        && fields[0].name().equals(InputColumns.OUTPUT)
        && fields[0].dataType().equals(DataTypes.StringType);
  }

  private void check(StructType own, @Nullable RecordFormat record) {
    for (StructField input : inputs) {
      checkOrigin("Option 'inputData' must not have a column", input.name());
      for (StructField column : own.fields()) {
        if (!column.name().equalsIgnoreCase(input.name())) {
          continue;
        }
        throw new RestException(
            record == null
                ? InputColumns.clash(input.name())
                : ("The schema's column '%s' has the name of a column of 'inputData', and Spark's"
                        + " columns ignore case. Rename one of them, or leave the inputs out with"
                        + " 'includeInputsInOutput'='false'.")
                    .formatted(column.name()));
      }
    }
    for (StructField column : own.fields()) {
      checkOrigin("The schema must not have a column", column.name());
    }
  }

  private static void checkOrigin(String problem, String name) {
    if (OriginColumn.find(name).isPresent()) {
      throw new RestException(
          "%s '%s': it is the name of a metadata column.".formatted(problem, name));
    }
  }
}
