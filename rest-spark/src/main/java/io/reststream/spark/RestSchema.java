package io.reststream.spark;

import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.core.config.OnError;
import io.reststream.core.config.Option;
import io.reststream.core.config.RestOptions;
import io.reststream.spark.call.CallOptions;
import io.reststream.spark.call.CallRead;
import io.reststream.spark.call.CallRows;
import io.reststream.spark.decode.RecordFormat;
import io.reststream.spark.read.InputColumns;
import io.reststream.spark.read.OriginColumn;
import io.reststream.spark.read.RowFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a read: those of {@code inputData}, those of the record, and those of {@code
 * metadataColumns}. The record's are the given schema's, or {@code output} alone.
 */
final class RestSchema {
  private final RestConfig config;
  private final boolean calls;
  private final List<StructField> inputs;
  private final List<StructField> behind;

  private RestSchema(
      RestConfig config, boolean calls, List<StructField> inputs, List<StructField> errors) {
    this.config = config;
    this.calls = calls;
    this.inputs = config.value(SparkOptions.INCLUDE_INPUTS) ? inputs : List.of();
    this.behind = new ArrayList<>(errors);
    config.value(SparkOptions.METADATA_COLUMNS).forEach(column -> behind.add(column.field()));
  }

  /** The columns of a read of these options. */
  static RestSchema of(RestConfig config) {
    List<StructField> inputs = InputColumns.fields(config.inputs(), config.inputColumns());
    return new RestSchema(config, false, inputs, List.of());
  }

  /** The columns of a read of calls. */
  static RestSchema of(CallRead read) {
    List<StructField> errors =
        read.config().value(CallOptions.ON_ERROR) == OnError.NULL
            ? List.of(DataTypes.createStructField(CallRows.ERROR, DataTypes.StringType, true))
            : List.of();
    return new RestSchema(read.config(), true, List.of(read.inputs().fields()), errors);
  }

  /**
   * All columns, where records stay as they are.
   *
   * @throws RestException if names clash
   */
  StructType untyped() {
    check(InputColumns.OUTPUT_ONLY, false);
    return columns(calls ? InputColumns.OUTPUT_ONLY.asNullable() : InputColumns.OUTPUT_ONLY);
  }

  /**
   * All columns, where records have these columns.
   *
   * @throws RestException if names clash
   */
  StructType typed(StructType record) {
    check(record, true);
    return columns(record);
  }

  /**
   * The rows of a read whose records have this schema.
   *
   * @param own what {@link #record} gives
   * @throws RestException if names clash, or the schema cannot be used for JSON
   */
  RowFormat rows(StructType own) {
    RecordFormat record = isOutput(own) ? null : RecordFormat.of(own, config);
    StructType columns = record == null ? untyped() : typed(record.columns());
    Set<String> names = new HashSet<>();
    inputs.forEach(column -> names.add(column.name()));
    if (hasErrors()) {
      names.add(CallRows.ERROR);
    }
    return new RowFormat(columns, names, record);
  }

  /**
   * Refuses options of a query under which the columns would be others than those of its table.
   *
   * @param table the columns under the table's own options
   * @param rows what the table gives
   * @param own the options of the table
   * @param options all options, those that the query adds among them
   * @throws RestException if there are such options, or the columns of the table's inputs are
   *     others than when it was opened
   */
  void checkSame(
      RestSchema table, RowFormat rows, Map<String, String> own, Map<String, String> options) {
    List<Option<?>> changing = new ArrayList<>();
    if (!haveSame(table, SparkOptions.INCLUDE_INPUTS)) {
      changing.add(SparkOptions.INCLUDE_INPUTS);
    } else if (!fit(inputs, table.inputs)) {
      Option<?> names =
          CallOptions.INPUT.isIn(options) ? CallOptions.INPUT : RestOptions.INPUT_DATA;
      QueryOptions.checkAdded(names, own, options);
      changing.add(names);
    }
    if (hasErrors() != table.hasErrors()) {
      changing.add(CallOptions.ON_ERROR);
    }
    if (!haveSame(table, SparkOptions.METADATA_COLUMNS)) {
      changing.add(SparkOptions.METADATA_COLUMNS);
    }
    if (rows.record() == null && !haveSame(table, SparkOptions.INFER_SCHEMA)) {
      changing.add(SparkOptions.INFER_SCHEMA);
    }
    QueryOptions.checkColumns(options, changing, rows.columns());
  }

  private boolean haveSame(RestSchema other, Option<?> option) {
    return config.find(option).equals(other.config.find(option));
  }

  /**
   * Whether columns may stand where others are expected: the same ones, null only where these may.
   */
  private static boolean fit(List<StructField> some, List<StructField> expected) {
    if (some.size() != expected.size() || !same(some, expected)) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (some.get(i).nullable() && !expected.get(i).nullable()) {
        return false;
      }
    }
    return true;
  }

  private boolean hasErrors() {
    return !behind.isEmpty() && behind.get(0).name().equals(CallRows.ERROR);
  }

  private StructType columns(StructType record) {
    List<StructField> columns = new ArrayList<>(inputs);
    columns.addAll(Arrays.asList(record.fields()));
    columns.addAll(behind);
    return DataTypes.createStructType(columns);
  }

  /** The record's columns of a schema that may be that of all columns. */
  StructType record(StructType given) {
    List<StructField> fields = Arrays.asList(given.fields());
    int size = fields.size();
    int from = inputs.size();
    int to = size - behind.size();
    boolean all =
        from <= to
            && same(fields.subList(0, from), inputs)
            && same(fields.subList(to, size), behind);
    if (!all && from > 0 && from <= size && same(fields.subList(0, from), inputs)) {
      throw new RestException(
          ("The schema has the columns of the inputs, (%s), so it must have all: those of the record"
                  + " follow, and then (%s), which come of the options 'onError' and"
                  + " 'metadataColumns', but it was (%s). Or give the columns of the record alone.")
              .formatted(names(inputs), names(behind), names(fields)));
    }
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

  private static String names(List<StructField> fields) {
    return fields.stream().map(StructField::name).collect(Collectors.joining(", "));
  }

  private static boolean isOutput(StructType record) {
    StructField[] fields = record.fields();
    return fields.length == 1
        && fields[0].name().equals(InputColumns.OUTPUT)
        && fields[0].dataType().equals(DataTypes.StringType);
  }

  private void check(StructType own, boolean typed) {
    for (StructField input : inputs) {
      checkOrigin(
          calls ? "The inputs must not have a column" : "Option 'inputData' must not have a column",
          input.name());
      if (hasErrors() && input.name().equalsIgnoreCase(CallRows.ERROR)) {
        throw new RestException(CallRows.clash(input.name(), CallRows.ERROR));
      }
      for (StructField column : own.fields()) {
        if (column.name().equalsIgnoreCase(input.name())) {
          throw new RestException(clash(input.name(), column.name(), typed));
        }
      }
    }
    for (StructField column : own.fields()) {
      checkOrigin("The schema must not have a column", column.name());
      if (hasErrors() && column.name().equalsIgnoreCase(CallRows.ERROR)) {
        throw new RestException(
            ("The schema must not have a column '%s': with 'onError'='null' it is the name of the"
                    + " column that says why a call failed, and Spark's columns ignore case.")
                .formatted(column.name()));
      }
    }
  }

  private String clash(String input, String column, boolean typed) {
    if (!typed) {
      return calls ? CallRows.clash(input, column) : InputColumns.clash(input);
    }
    return ("The schema's column '%s' has the name of a column of %s, and Spark's columns ignore"
            + " case. Rename one of them, or leave the inputs out with"
            + " 'includeInputsInOutput'='false'.")
        .formatted(column, calls ? "the inputs" : "'inputData'");
  }

  private static void checkOrigin(String problem, String name) {
    if (OriginColumn.find(name).isPresent()) {
      throw new RestException(
          "%s '%s': it is the name of a metadata column.".formatted(problem, name));
    }
  }
}
