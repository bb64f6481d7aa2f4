package io.reststream.spark;

import io.reststream.core.RestConfig;
import io.reststream.core.config.RestOptions;
import io.reststream.core.http.RedactedUrl;
import io.reststream.spark.catalog.CatalogOptions;
import io.reststream.spark.read.OriginColumn;
import io.reststream.spark.read.RowFormat;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A REST API as a table that can be read as a batch and as a stream. */
final class RestTable implements SupportsRead, SupportsMetadataColumns {
  private final String url;
  private final RowFormat rows;

  private final Map<String, String> options;

  private RestTable(Map<String, String> options, String url, RowFormat rows) {
    this.options = options;
    this.url = url;
    this.rows = rows;
  }

  static RestTable of(StructType schema, Map<String, String> options) {
    RestConfig config = SparkOptions.parse(options, true);
    RowFormat rows = RestSchema.of(config).rows(schema);
    if (rows.record() == null) {
      config = SparkOptions.parse(options, false);
    }
    return new RestTable(options, RedactedUrl.of(config.value(RestOptions.URL)), rows);
  }

  @Override
  public String name() {
    return "rest " + url;
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

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    // A table of a catalog is read without any, or with what a query adds.
    Map<String, String> all = new TreeMap<>(this.options);
    all.putAll(CatalogOptions.of(options.asCaseSensitiveMap()));
    return new RestScanBuilder(all, rows);
  }
}
