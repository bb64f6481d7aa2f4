package io.reststream.flink.table;

import io.reststream.core.Input;
import io.reststream.core.PageInfo;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.flink.deserializer.RestRecord;
import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** The rows of a scan. The metadata is made once for the records of a page. */
final class RowDeserializer implements RestDeserializer<RowData> {
  private static final long serialVersionUID = 1L;

  private final RowDecoder decoder;
  private final TypeInformation<RowData> type;
  private transient @Nullable Input input;
  private transient @Nullable PageInfo page;
  private transient @Nullable RowData origin;

  RowDeserializer(RowDecoder decoder, TypeInformation<RowData> type) {
    this.decoder = decoder;
    this.type = type;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) throws Exception {
    decoder.open(context);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the page of the record before, and not one like it
  public void deserialize(RestRecord record, Collector<RowData> out) throws IOException {
    if (page != record.page() || input != record.input()) {
      page = record.page();
      input = record.input();
      origin = decoder.origin(record.input(), record.page(), null);
    }
    decoder.decode(record.bytes(), origin, out);
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return type;
  }
}
