package io.reststream.spark.call;

import io.reststream.core.RestConfig;
import io.reststream.core.config.OnError;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/** Gives each row of a partition its answer. */
public final class CallRows implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final RestConfig config;
  private final RowInputs inputs;
  private final OnError onError;
  private final int cores;

  /**
   * Calls with these options.
   *
   * @param cores how many tasks the cluster runs at a time
   */
  public CallRows(RestConfig config, RowInputs inputs, int cores) {
    this.config = config;
    this.inputs = inputs;
    this.onError = config.value(CallOptions.ON_ERROR);
    this.cores = cores;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new AnsweredRows(rows, inputs, TaskCalls.open(config, cores), onError);
  }
}
