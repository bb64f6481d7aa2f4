package io.reststream.spark.call;

import io.reststream.core.Calls;
import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.core.config.OnError;
import io.reststream.spark.read.InputColumns;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Gives each row of a partition its answer. */
public final class CallRows implements MapPartitionsFunction<Row, Row> {
  /** The column that says why a row has no answer, where {@code onError} is {@code null}. */
  public static final String ERROR = "error";

  private static final long serialVersionUID = 1L;

  private final Caller caller;
  private final OnError onError;

  private CallRows(Caller caller, OnError onError) {
    this.caller = caller;
    this.onError = onError;
  }

  /**
   * Rows with the column {@code output} behind their own, and {@code error} where failures leave no
   * answer.
   *
   * @throws RestException if the columns cannot be used
   */
  public static Dataset<Row> of(Dataset<Row> rows, RestConfig config) {
    Caller caller = new Caller(rows, config, Calls.Form.ANSWER);
    OnError onError = config.value(CallOptions.ON_ERROR);
    StructType schema = with(rows.schema(), InputColumns.OUTPUT);
    return rows.mapPartitions(
        new CallRows(caller, onError),
        Encoders.row(onError == OnError.NULL ? with(schema, ERROR) : schema));
  }

  private static StructType with(StructType schema, String column) {
    for (String name : schema.fieldNames()) {
      if (name.equalsIgnoreCase(column)) {
        throw new RestException(clash(name, column));
      }
    }
    return schema.add(column, DataTypes.StringType, true);
  }

  /** What is wrong with a column of the inputs that has the name of one of the answers'. */
  public static String clash(String name, String column) {
    return ("The inputs must not have a column '%s': '%s' is the name of a column of the answers,"
            + " and Spark's columns ignore case. Rename it.")
        .formatted(name, column);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new AnsweredRows(caller.call(rows, null), onError == OnError.NULL);
  }
}
