package io.reststream.flink.table;

import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;

/** A table that cannot be written to; says so to whoever writes. */
record RefusedSink(ValidationException why) implements DynamicTableSink {

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requested) {
    throw why;
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    throw why;
  }

  @Override
  public DynamicTableSink copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return "rest, refused";
  }
}
