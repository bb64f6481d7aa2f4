package io.reststream.spark.read;

import io.reststream.core.Input;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Makes rows of one input's records, with the columns that were asked for. */
public final class Rows {
  private final @Nullable Object[] template;
  private final int output;

  /** Rows of an input in a schema, or in a part of it. */
  public Rows(StructType schema, Input input) {
    StructField[] fields = schema.fields();
    template = new Object[fields.length];
    int at = -1;
    for (int i = 0; i < fields.length; i++) {
      if (fields[i].name().equals(InputColumns.OUTPUT)) {
        at = i;
      } else {
        template[i] = InputColumns.value(input, fields[i]);
      }
    }
    output = at;
  }

  /** The row of a record, which is not copied. */
  public InternalRow row(byte[] buffer, int start, int length) {
    @Nullable Object[] values = template.clone();
    if (output >= 0) {
      values[output] = UTF8String.fromBytes(buffer, start, length);
    }
    return new GenericInternalRow(values);
  }
}
