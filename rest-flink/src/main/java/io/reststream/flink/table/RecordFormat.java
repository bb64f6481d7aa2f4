package io.reststream.flink.table;

import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.ProjectableDecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * The table's format, and the columns that it decodes.
 *
 * @param columns all of them, in a row
 */
record RecordFormat(DecodingFormat<DeserializationSchema<RowData>> format, DataType columns) {

  ChangelogMode changelog() {
    return format.getChangelogMode();
  }

  /** All columns, by their places. */
  int[] all() {
    return Projection.all(columns).toTopLevelIndexes();
  }

  /** What makes rows of these columns; a format that cannot leave columns out decodes all. */
  RowDecoder decoder(
      DynamicTableSource.Context context, int[] wanted, List<MetadataColumn> metadata) {
    if (format instanceof ProjectableDecodingFormat<DeserializationSchema<RowData>> projectable) {
      int[][] paths = Projection.of(wanted).toNestedIndexes();
      return new RowDecoder(
          projectable.createRuntimeDecoder(context, columns, paths), null, metadata);
    }
    boolean whole = Arrays.equals(wanted, all());
    return new RowDecoder(
        format.createRuntimeDecoder(context, columns), whole ? null : wanted, metadata);
  }
}
