package io.reststream.spark.call;

import io.reststream.core.config.RestOptions;
import io.reststream.core.http.RedactedUrl;
import io.reststream.spark.read.OriginColumn;
import io.reststream.spark.read.RowFormat;
import java.util.EnumSet;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A REST API that is read as a batch, by a call for each row of a view or of {@code inputData}. A
 * row becomes one for each record of the answer.
 */
public final class CallTable implements SupportsRead, SupportsMetadataColumns {
  private final CallRead read;
  private final RowFormat format;

  /** A table of what is read, as rows of this format. */
  public CallTable(CallRead read, RowFormat format) {
    this.read = read;
    this.format = format;
  }

  @Override
  public String name() {
    return "rest " + RedactedUrl.of(read.config().value(RestOptions.URL));
  }

  /** Spark 4 asks for columns instead, and takes them from here. */
  @Override
  @SuppressWarnings("deprecation")
  public StructType schema() {
    return format.columns();
  }

  @Override
  public MetadataColumn[] metadataColumns() {
    return OriginColumn.all();
  }

  @Override
  public Set<TableCapability> capabilities() {
    // A stream is refused by the scan, which can say why; Spark would only say that it cannot be.
    return EnumSet.of(TableCapability.BATCH_READ, TableCapability.MICRO_BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new Pruning(read, format);
  }

  /** Leaves out the columns that a query does not use. */
  private static final class Pruning implements SupportsPushDownRequiredColumns {
    private final CallRead read;
    private RowFormat format;

    Pruning(CallRead read, RowFormat format) {
      this.read = read;
      this.format = format;
    }

    @Override
    public void pruneColumns(StructType requiredSchema) {
      format = format.with(requiredSchema);
    }

    @Override
    public Scan build() {
      return new CallScan(read, format);
    }
  }
}
