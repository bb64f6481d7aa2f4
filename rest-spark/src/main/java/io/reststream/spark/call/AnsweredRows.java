package io.reststream.spark.call;

import io.reststream.core.CallQueue;
import io.reststream.core.Calls;
import io.reststream.core.config.OnError;
import io.reststream.spark.read.TaskWait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a partition with their answers, in the order of the rows. No more rows are taken than
 * may be called for, and answers that nobody takes hold up further calls: memory stays bounded.
 */
final class AnsweredRows implements Iterator<Row> {
  private final Iterator<Row> rows;
  private final RowInputs inputs;
  private final OnError onError;
  private final CallQueue<Row> queue;
  private Iterator<Calls.Answered<Row>> ready = Collections.emptyIterator();

  AnsweredRows(Iterator<Row> rows, RowInputs inputs, Calls calls, OnError onError) {
    this.rows = rows;
    this.inputs = inputs;
    this.onError = onError;
    this.queue = new CallQueue<>(calls, onError);
  }

  @Override
  public boolean hasNext() {
    while (!ready.hasNext()) {
      while (!queue.isFull() && rows.hasNext()) {
        Row row = rows.next();
        queue.begin(row, inputs.input(row));
      }
      if (queue.isEmpty()) {
        return false;
      }
      try {
        Calls.Answer unused = TaskWait.await(queue.first());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ready = queue.take().iterator();
    }
    return true;
  }

  private Row row(Calls.Answered<Row> answered) {
    Row row = answered.row();
    int more = onError == OnError.NULL ? 2 : 1;
    @Nullable Object[] values = new Object[row.length() + more];
    for (int i = 0; i < row.length(); i++) {
      values[i] = row.get(i);
    }
    values[row.length()] = answered.output();
    if (onError == OnError.NULL) {
      values[row.length() + 1] = answered.error();
    }
    return RowFactory.create(values);
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("All rows have their answers");
    }
    return row(ready.next());
  }
}
