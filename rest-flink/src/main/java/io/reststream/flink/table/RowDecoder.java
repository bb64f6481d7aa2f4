package io.reststream.flink.table;

import io.reststream.core.Input;
import io.reststream.core.PageInfo;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of records: what the format decodes, then the metadata. For one thread.
 *
 * @param schema decodes a record
 * @param kept the columns that are wanted of what it decodes; null for all
 * @param metadata the columns behind these
 */
record RowDecoder(
    DeserializationSchema<RowData> schema, int @Nullable [] kept, List<MetadataColumn> metadata)
    implements Serializable {

  void open(DeserializationSchema.InitializationContext context) throws Exception {
    schema.open(context);
  }

  /** Emits the rows of a record; one as a rule. */
  void decode(byte[] record, @Nullable RowData origin, Collector<RowData> out) throws IOException {
    if (kept == null && origin == null) {
      schema.deserialize(record, out);
    } else {
      schema.deserialize(record, new Extended(kept, origin, out));
    }
  }

  /** The metadata of a record; null if none is wanted. */
  @Nullable GenericRowData origin(Input input, @Nullable PageInfo page, @Nullable String error) {
    if (metadata.isEmpty()) {
      return null;
    }
    GenericRowData row = new GenericRowData(metadata.size());
    for (int i = 0; i < metadata.size(); i++) {
      row.setField(i, metadata.get(i).value(input, page, error));
    }
    return row;
  }

  private record Extended(int @Nullable [] kept, @Nullable RowData origin, Collector<RowData> out)
      implements Collector<RowData> {
    @Override
    public void collect(RowData decoded) {
      RowData row = kept == null ? decoded : ProjectedRowData.from(kept).replaceRow(decoded);
      out.collect(origin == null ? row : new JoinedRowData(decoded.getRowKind(), row, origin));
    }

    @Override
    public void close() {
      out.close();
    }
  }
}
