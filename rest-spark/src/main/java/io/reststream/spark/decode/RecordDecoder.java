package io.reststream.spark.decode;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Decodes records into the columns that were asked for. For one thread. */
public final class RecordDecoder {
  private final int[] places;
  private final DataType[] types;
  private final SparkJson json;
  private final boolean nothing;

  RecordDecoder(StructType decoded, int[] places, SparkJson json) {
    StructField[] fields = decoded.fields();
    this.places = places;
    this.types = new DataType[places.length];
    for (int i = 0; i < places.length; i++) {
      types[i] = fields[places[i]].dataType();
    }
    this.json = json;
    this.nothing = fields.length == 0;
  }

  /**
   * Decodes a record.
   *
   * @param row where the columns' values are put
   * @param at where in the row, by the order in which the columns were asked for
   * @return false if the record is dropped: it is malformed, and the mode is DROPMALFORMED
   * @throws RuntimeException Spark's own, if it is malformed, and the mode is FAILFAST
   */
  public boolean decode(byte[] buffer, int start, int length, @Nullable Object[] row, int[] at) {
    if (nothing) {
      return true;
    }
    InternalRow values = json.decode(buffer, start, length);
    if (values == null) {
      return false;
    }
    for (int i = 0; i < places.length; i++) {
      row[at[i]] = values.isNullAt(places[i]) ? null : values.get(places[i], types[i]);
    }
    return true;
  }
}
