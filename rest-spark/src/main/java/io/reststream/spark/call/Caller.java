package io.reststream.spark.call;

import io.reststream.core.Calls;
import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.core.config.OnError;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Makes the calls for the rows of a dataset, in its tasks. */
final class Caller implements Serializable {
  private static final long serialVersionUID = 1L;

  private final RestConfig config;
  private final Calls.Form form;
  private final RowInputs inputs;
  private final OnError onError;

  /**
   * A caller for these rows.
   *
   * @param form whether a row has one answer, or becomes a row for each record
   * @throws RestException if a column cannot be sent
   */
  Caller(Dataset<Row> rows, RestConfig config, Calls.Form form) {
    this.config = config;
    this.form = form;
    this.inputs = new RowInputs(rows.schema(), config.sentColumns());
    this.onError = config.value(CallOptions.ON_ERROR);
  }

  /**
   * The rows of a partition with what came of their calls.
   *
   * @param progress what the attempts of this task leave to each other; null if they leave nothing
   */
  Iterator<CalledRow> call(Iterator<Row> rows, @Nullable Progress progress) {
    return new CalledRows(rows, inputs, TaskCalls.open(config, form), onError, progress);
  }
}
