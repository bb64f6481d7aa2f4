package io.reststream.spark.call;

import io.reststream.core.Calls;
import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.core.config.OnError;
import io.reststream.spark.read.InputColumns;
import io.reststream.spark.read.OriginColumn;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Gives each row of a partition its answer. */
public final class CallRows implements MapPartitionsFunction<Row, Row> {
  /** The column that says why a row has no answer, where {@code onError} is {@code null}. */
  public static final String ERROR = "error";

  private static final long serialVersionUID = 1L;

  private final Caller caller;
  private final boolean errors;
  private final List<OriginColumn> origins;

  private CallRows(Caller caller, boolean errors, List<OriginColumn> origins) {
    this.caller = caller;
    this.errors = errors;
    this.origins = origins;
  }

  /**
   * Rows with the column {@code output} behind their own, {@code error} where failures leave no
   * answer, and metadata columns.
   *
   * @throws RestException if the columns cannot be used
   */
  public static Dataset<Row> of(Dataset<Row> rows, RestConfig config, List<OriginColumn> origins) {
    Caller caller = new Caller(rows, config, Calls.Form.ANSWER);
    boolean errors = config.value(CallOptions.ON_ERROR) == OnError.NULL;
    StructType schema = with(rows.schema(), text(InputColumns.OUTPUT));
    schema = errors ? with(schema, text(ERROR)) : schema;
    for (OriginColumn origin : origins) {
      schema = with(schema, origin.field());
    }
    return rows.mapPartitions(new CallRows(caller, errors, origins), Encoders.row(schema));
  }

  private static StructField text(String name) {
    return DataTypes.createStructField(name, DataTypes.StringType, true);
  }

  private static StructType with(StructType schema, StructField column) {
    for (String name : schema.fieldNames()) {
      if (name.equalsIgnoreCase(column.name())) {
        throw new RestException(clash(name, column.name()));
      }
    }
    return schema.add(column);
  }

  /** What is wrong with a column of the inputs that has the name of one of the answers'. */
  public static String clash(String name, String column) {
    return ("The inputs must not have a column '%s': '%s' is the name of a column of the answers,"
            + " and Spark's columns ignore case. Rename it.")
        .formatted(name, column);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new AnsweredRows(caller.call(rows), errors, origins);
  }
}
