package io.reststream.spark;

import io.reststream.core.RestConfig;
import io.reststream.core.config.GivenOptions;
import io.reststream.core.config.RestOptions;
import io.reststream.core.http.RedactedUrl;
import io.reststream.spark.catalog.CatalogOptions;
import io.reststream.spark.read.OriginColumn;
import io.reststream.spark.read.RowFormat;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A REST API as a table that can be read as a batch and as a stream. */
final class RestTable implements SupportsRead, SupportsMetadataColumns {
  private final Map<String, String> options;
  private final RestConfig config;
  private final RestSchema columns;
  private final StructType record;
  private final RowFormat rows;

  private RestTable(
      Map<String, String> options, RestConfig config, RestSchema columns, StructType record) {
    this.options = options;
    this.columns = columns;
    this.record = record;
    this.rows = columns.rows(record);
    this.config = rows.record() == null ? SparkOptions.parse(options, false) : config;
  }

  static RestTable of(StructType schema, Map<String, String> options) {
    RestConfig config = SparkOptions.parse(options, true);
    RestSchema columns = RestSchema.of(config);
    return new RestTable(options, config, columns, columns.record(schema));
  }

  @Override
  public String name() {
    return "rest " + RedactedUrl.of(config.value(RestOptions.URL));
  }

  /** Spark 4 asks for columns instead, and takes them from here. */
  @Override
  @SuppressWarnings("deprecation")
  public StructType schema() {
    return rows.columns();
  }

  @Override
  public MetadataColumn[] metadataColumns() {
    return OriginColumn.all();
  }

  @Override
  public Set<TableCapability> capabilities() {
    return EnumSet.of(TableCapability.BATCH_READ, TableCapability.MICRO_BATCH_READ);
  }

  /** Takes what a query adds to the table's options; a read of its own gives its own once more. */
  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap added) {
    Map<String, String> all =
        GivenOptions.with(options, CatalogOptions.of(added.asCaseSensitiveMap()));
    RestTable table = all.equals(options) ? this : other(all);
    return new RestScanBuilder(all, table.rows);
  }

  private RestTable other(Map<String, String> all) {
    QueryOptions.checkNoCalls(all);
    RestConfig wanted = SparkOptions.parse(all, true);
    RestSchema others = RestSchema.of(wanted);
    others.checkSame(columns, rows, options, all);
    return new RestTable(all, wanted, others, record);
  }
}
