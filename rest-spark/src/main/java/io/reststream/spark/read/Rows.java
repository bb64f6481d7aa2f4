package io.reststream.spark.read;

import io.reststream.core.Input;
import io.reststream.spark.decode.RecordDecoder;
import io.reststream.spark.decode.RecordFormat;
import io.reststream.spark.log.PageFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Makes rows of records, with the columns that were asked for. For one thread. */
public final class Rows {
  /** A column whose value is the same for all records of a page. */
  private record Constant(int at, StructField field, @Nullable OriginColumn origin) {}

  private final List<Constant> constants = new ArrayList<>();
  private final int[] decoded;
  private final @Nullable Object[] template;
  private final @Nullable RecordDecoder decoder;
  private int output = -1;

  Rows(RowFormat format) {
    StructField[] fields = format.columns().fields();
    RecordFormat record = format.record();
    List<String> wanted = new ArrayList<>();
    List<Integer> at = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      String name = fields[i].name();
      Optional<OriginColumn> origin = OriginColumn.find(name);
      if (origin.isPresent() || format.inputColumns().contains(name)) {
        constants.add(new Constant(i, fields[i], origin.orElse(null)));
      } else if (record == null) {
        output = i;
      } else {
        wanted.add(name);
        at.add(i);
      }
    }
    template = new Object[fields.length];
    decoded = at.stream().mapToInt(Integer::intValue).toArray();
    decoder = record == null ? null : record.decoder(wanted);
  }

  /** From now on records are of this input, and of a page that may be known. */
  public void origin(Input input, @Nullable PageFacts page) {
    origin(field -> InputColumns.value(input, field), input, page);
  }

  /**
   * From now on records are of this input, and of a page that may be known.
   *
   * @param values what stands in the input's columns, as Spark keeps it in rows
   */
  public void origin(
      Function<StructField, @Nullable Object> values, Input input, @Nullable PageFacts page) {
    for (Constant constant : constants) {
      template[constant.at()] =
          constant.origin() == null
              ? values.apply(constant.field())
              : constant.origin().value(input, page);
    }
  }

  /** The row of an input that has no record. */
  public InternalRow withoutRecord() {
    return new GenericInternalRow(template.clone());
  }

  /**
   * The row of a record, whose bytes may be kept in it; null if the record gives none.
   *
   * @throws RuntimeException Spark's own, if the record is malformed, and the mode is FAILFAST
   */
  public @Nullable InternalRow row(byte[] buffer, int start, int length) {
    @Nullable Object[] values = template.clone();
    if (output >= 0) {
      values[output] = UTF8String.fromBytes(buffer, start, length);
    }
    return decoder == null || decoder.decode(buffer, start, length, values, decoded)
        ? new GenericInternalRow(values)
        : null;
  }
}
