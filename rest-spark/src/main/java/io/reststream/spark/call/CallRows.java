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

  private final RestConfig config;
  private final Calls.Form form;
  private final RowInputs inputs;
  private final OnError onError;
  private final int cores;

  /**
   * Calls with these options.
   *
   * @param form whether a row has one answer, or becomes a row for each record
   * @param cores how many tasks the cluster runs at a time
   */
  private CallRows(RestConfig config, Calls.Form form, RowInputs inputs, int cores) {
    this.config = config;
    this.form = form;
    this.inputs = inputs;
    this.onError = config.value(CallOptions.ON_ERROR);
    this.cores = cores;
  }

  /**
   * Rows with the column {@code output} behind their own, and {@code error} where failures leave no
   * answer.
   *
   * @throws RestException if the columns cannot be used
   */
  public static Dataset<Row> of(Dataset<Row> rows, RestConfig config, Calls.Form form) {
    StructType schema = rows.schema();
    RowInputs inputs = new RowInputs(schema, config.sentColumns());
    int cores = rows.sparkSession().sparkContext().defaultParallelism();
    return rows.mapPartitions(
        new CallRows(config, form, inputs, cores), Encoders.row(answered(schema, config)));
  }

  /** The columns of the rows and those of their answers. */
  static StructType answered(StructType rows, RestConfig config) {
    StructType schema = with(rows, InputColumns.OUTPUT);
    return config.value(CallOptions.ON_ERROR) == OnError.NULL ? with(schema, ERROR) : schema;
  }

  private static StructType with(StructType schema, String column) {
    for (String name : schema.fieldNames()) {
      if (name.equalsIgnoreCase(column)) {
        throw new RestException(
            "The inputs must not have a column '%s': '%s' is the name of a column of the answers, and Spark's columns ignore case. Rename it."
                .formatted(name, column));
      }
    }
    return schema.add(column, DataTypes.StringType, true);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new AnsweredRows(rows, inputs, TaskCalls.open(config, form, cores), onError);
  }
}
