package io.reststream.flink.table;

import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.types.DataType;

/** A table whose options cannot be used; says so to whoever uses it. */
record RefusedTable(ValidationException why)
    implements ScanTableSource, LookupTableSource, SupportsReadingMetadata {

  @Override
  public ChangelogMode getChangelogMode() {
    throw why;
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    throw why;
  }

  @Override
  public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
    throw why;
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    throw why;
  }

  @Override
  public void applyReadableMetadata(List<String> metadataKeys, DataType producedDataType) {
    throw why;
  }

  @Override
  public DynamicTableSource copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return "rest, refused";
  }
}
