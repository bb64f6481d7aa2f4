package io.reststream.spark;

import java.util.Map;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;

/** Leaves out the columns that a query does not use. */
final class RestScanBuilder implements SupportsPushDownRequiredColumns {
  private final Map<String, String> options;
  private StructType schema;

  RestScanBuilder(Map<String, String> options, StructType schema) {
    this.options = options;
    this.schema = schema;
  }

  @Override
  public void pruneColumns(StructType requiredSchema) {
    schema = requiredSchema;
  }

  @Override
  public Scan build() {
    return new RestScan(options, schema);
  }
}
