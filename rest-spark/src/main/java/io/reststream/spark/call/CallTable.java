package io.reststream.spark.call;

import io.reststream.core.config.GivenOptions;
import io.reststream.core.config.RestOptions;
import io.reststream.core.http.RedactedUrl;
import io.reststream.spark.catalog.CatalogOptions;
import io.reststream.spark.decode.RecordFormat;
import io.reststream.spark.read.OriginColumn;
import io.reststream.spark.read.RowFormat;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A REST API that is read as a batch, by a call for each row of a view or of {@code inputData}. A
 * row becomes one for each record of the answer.
 */
public final class CallTable implements SupportsRead, SupportsMetadataColumns {
  private final Map<String, String> options;
  private final CallRead read;
  private final RowFormat format;
  private final Function<Map<String, String>, CallTable> withOptions;
  private final Map<Map<String, String>, CallTable> others = new HashMap<>();

  /**
   * A table of what is read, as rows of this format.
   *
   * @param withOptions gives the table of other options, with the same columns, or refuses them
   */
  public CallTable(
      Map<String, String> options,
      CallRead read,
      RowFormat format,
      Function<Map<String, String>, CallTable> withOptions) {
    this.options = Map.copyOf(options);
    this.read = read;
    this.format = format;
    this.withOptions = withOptions;
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

  /** Takes what a query adds to the table's options; a read of its own gives its own once more. */
  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap added) {
    Map<String, String> all =
        GivenOptions.with(options, CatalogOptions.of(added.asCaseSensitiveMap()));
    CallTable table = all.equals(options) ? this : other(all);
    return new Builder(table.read, table.format);
  }

  /** All actions on a DataFrame share what calls that are made strictly once have got. */
  private synchronized CallTable other(Map<String, String> all) {
    CallTable known = others.get(all);
    if (known == null) {
      known = withOptions.apply(all);
      if (known.read.isKept()) {
        others.put(all, known);
      }
    }
    return known;
  }

  /** Leaves out the columns that a query does not use, and the pages beyond its limit. */
  private static final class Builder
      implements SupportsPushDownRequiredColumns, SupportsPushDownLimit {
    private final CallRead read;
    private RowFormat format;
    private int enough = Integer.MAX_VALUE;

    Builder(CallRead read, RowFormat format) {
      this.read = read;
      this.format = format;
    }

    @Override
    public void pruneColumns(StructType requiredSchema) {
      format = format.with(requiredSchema);
    }

    /** Each call stops at the limit; Spark applies it once more to what they give together. */
    @Override
    public boolean pushLimit(int most) {
      RecordFormat record = format.record();
      if (record != null && record.mayDrop()) {
        return false; // so many records may be fewer rows
      }
      enough = most;
      return true;
    }

    @Override
    public Scan build() {
      return new CallScan(read, format, enough);
    }
  }
}
