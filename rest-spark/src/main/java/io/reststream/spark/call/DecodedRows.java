package io.reststream.spark.call;

import io.reststream.spark.decode.RowValues;
import io.reststream.spark.log.PageFacts;
import io.reststream.spark.read.RowFormat;
import io.reststream.spark.read.Rows;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Makes rows of the records of answers, with the columns that a query uses. */
final class DecodedRows implements FlatMapFunction<Iterator<CalledRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final StructType inputs;
  private final RowFormat format;

  /**
   * Rows of this format.
   *
   * @param inputs what the rows hold that are called for
   */
  DecodedRows(StructType inputs, RowFormat format) {
    this.inputs = inputs;
    this.format = format;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<CalledRow> called) {
    return new Decoded(called);
  }

  private final class Decoded implements Iterator<InternalRow> {
    private final Iterator<CalledRow> called;
    private final Rows rows = format.rows();
    private final RowValues values = new RowValues(inputs);
    private @Nullable CalledRow current;
    private int at;
    private @Nullable PageFacts page;
    private @Nullable InternalRow next;

    Decoded(Iterator<CalledRow> called) {
      this.called = called;
    }

    @Override
    public boolean hasNext() {
      while (next == null) {
        CalledRow row = current;
        if (row != null && at < row.outcome().outputs().size()) {
          next = decode(row, at);
          at++;
        } else if (called.hasNext()) {
          current = called.next();
          at = 0;
        } else {
          return false;
        }
      }
      return true;
    }

    private @Nullable InternalRow decode(CalledRow row, int output) {
      PageFacts from = row.outcome().page(output);
      if (output == 0 || from != page) {
        page = from;
        rows.origin(field -> value(row, field), row.input(), from);
      }
      String record = row.outcome().outputs().get(output);
      if (record == null) {
        return rows.withoutRecord();
      }
      byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
      return rows.row(bytes, 0, bytes.length);
    }

    private @Nullable Object value(CalledRow called, StructField field) {
      if (values.has(field.name())) {
        return values.value(called.row(), field.name());
      }
      String error = called.outcome().error();
      return error == null ? null : UTF8String.fromString(error);
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException("All rows are decoded");
      }
      InternalRow row = Objects.requireNonNull(next);
      next = null;
      return row;
    }
  }
}
