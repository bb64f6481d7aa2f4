package io.reststream.spark.call;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Called rows with their answers behind their own columns. */
final class AnsweredRows implements Iterator<Row> {
  private final Iterator<CalledRow> called;
  private final boolean withErrors;
  private @Nullable Row next;

  AnsweredRows(Iterator<CalledRow> called, boolean withErrors) {
    this.called = called;
    this.withErrors = withErrors;
  }

  @Override
  public boolean hasNext() {
    while (next == null && called.hasNext()) {
      CalledRow row = called.next();
      if (!row.outcome().outputs().isEmpty()) { // else it is left out
        next = row(row);
      }
    }
    return next != null;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("All rows have their answers");
    }
    Row row = Objects.requireNonNull(next);
    next = null;
    return row;
  }

  private Row row(CalledRow called) {
    Row row = called.row();
    @Nullable Object[] values = new Object[row.length() + (withErrors ? 2 : 1)];
    for (int i = 0; i < row.length(); i++) {
      values[i] = row.get(i);
    }
    values[row.length()] = called.outcome().outputs().get(0);
    if (withErrors) {
      values[row.length() + 1] = called.outcome().error();
    }
    return RowFactory.create(values);
  }
}
