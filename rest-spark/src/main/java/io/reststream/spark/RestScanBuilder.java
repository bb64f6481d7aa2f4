package io.reststream.spark;

import io.reststream.spark.read.RowFormat;
import java.util.Map;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;

/** Leaves out the columns that a query does not use, and the rows beyond its limit. */
final class RestScanBuilder implements SupportsPushDownRequiredColumns, SupportsPushDownLimit {
  private final Map<String, String> options;
  private RowFormat rows;
  private int limit = Integer.MAX_VALUE;

  RestScanBuilder(Map<String, String> options, RowFormat rows) {
    this.options = options;
    this.rows = rows;
  }

  @Override
  public void pruneColumns(StructType requiredSchema) {
    rows = rows.with(requiredSchema);
  }

  /** Each task stops at the limit; Spark applies it once more to what they give together. */
  @Override
  public boolean pushLimit(int most) {
    limit = most;
    return true;
  }

  @Override
  public Scan build() {
    return new RestScan(options, rows, limit);
  }
}
