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

  /** The rows of a partition with what came of their calls, all of it. */
  Iterator<CalledRow> call(Iterator<Row> rows) {
    return call(rows, Integer.MAX_VALUE, null);
  }

  /**
   * The same where some records of each answer are enough.
   *
   * @param enough with how many a call asks for no further page
   */
  Iterator<CalledRow> call(Iterator<Row> rows, int enough) {
    return call(rows, enough, null);
  }

  /** The same where the attempts of this task leave their progress to each other. */
  Iterator<CalledRow> call(Iterator<Row> rows, Progress progress) {
    return call(rows, Integer.MAX_VALUE, progress);
  }

  private Iterator<CalledRow> call(Iterator<Row> rows, int enough, @Nullable Progress progress) {
    return new CalledRows(rows, inputs, TaskCalls.open(config, form), enough, onError, progress);
  }
}
