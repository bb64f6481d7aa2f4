package io.reststream.flink.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

  /** All columns, by their paths. */
  int[][] all() {
    return Projection.all(columns).toNestedIndexes();
  }

  /** Whether it decodes fields of rows without the rest of these. */
  boolean decodesFieldsOfRows() {
    return format instanceof ProjectableDecodingFormat<DeserializationSchema<RowData>> projectable
        && projectable.supportsNestedProjection();
  }

  /** What the format knows of a record besides its columns. */
  Map<String, DataType> metadata() {
    return format.listReadableMetadata();
  }

  /**
   * What makes rows; a format that cannot leave columns out decodes all.
   *
   * @param wanted the paths of columns
   * @param own keys of {@link #metadata}, whose values come behind the columns
   * @param metadata what comes behind these
   */
  RowDecoder decoder(
      DynamicTableSource.Context context,
      int[][] wanted,
      List<String> own,
      List<MetadataColumn> metadata) {
    if (!metadata().isEmpty()) {
      format.applyReadableMetadata(own); // here, since all copies of a table share the format
    }
    if (format instanceof ProjectableDecodingFormat<DeserializationSchema<RowData>> projectable) {
      return new RowDecoder(
          projectable.createRuntimeDecoder(context, columns, wanted), null, metadata);
    }
    return new RowDecoder(
        format.createRuntimeDecoder(context, columns),
        Arrays.deepEquals(wanted, all()) ? null : kept(wanted, own.size()),
        metadata);
  }

  /** Where the columns are in a row of all of them, and what the format puts behind these. */
  private int[] kept(int[][] wanted, int own) {
    int all = DataType.getFieldCount(columns);
    return IntStream.concat(
            Arrays.stream(wanted).mapToInt(path -> path[0]), IntStream.range(all, all + own))
        .toArray();
  }
}
