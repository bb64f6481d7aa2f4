package io.reststream.spark.call;

import io.reststream.spark.read.OriginColumn;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Called rows with their answers behind their own columns. */
final class AnsweredRows implements Iterator<Row> {
  private final Iterator<CalledRow> called;
  private final boolean errors;
  private final List<OriginColumn> origins;
  private @Nullable Row next;

  AnsweredRows(Iterator<CalledRow> called, boolean errors, List<OriginColumn> origins) {
    this.called = called;
    this.errors = errors;
    this.origins = origins;
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
    @Nullable Object[] values = new Object[row.length() + 1 + (errors ? 1 : 0) + origins.size()];
    int at = 0;
    while (at < row.length()) {
      values[at] = row.get(at);
      at++;
    }
    values[at++] = called.outcome().outputs().get(0);
    if (errors) {
      values[at++] = called.outcome().error();
    }
    for (OriginColumn origin : origins) {
      values[at++] = origin.external(called.input(), called.outcome().page(0));
    }
    return RowFactory.create(values);
  }
}
