package io.reststream.spark;

import io.reststream.core.RestConfig;
import io.reststream.spark.call.CallOptions;
import io.reststream.spark.call.CallRead;
import io.reststream.spark.call.CallTable;
import io.reststream.spark.catalog.CatalogOptions;
import io.reststream.spark.catalog.CatalogProvider;
import io.reststream.spark.read.RowFormat;
import io.reststream.spark.setup.SparkSetup;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The data source {@code rest}: any REST API as a Spark stream, or as a batch.
 *
 * <pre>{@code
 * spark.readStream().format("rest")
 *     .option("url", "https://api.example.com/events?since={timestamp}")
 *     .option("dataField", "events")
 *     .load();
 * }</pre>
 *
 * <p>The rows are the columns of {@code inputData}, then those of the record: the columns of the
 * schema that was given or inferred, or {@code output}, the record's JSON exactly as the API sent
 * it. Wrong options are refused by {@code load()} with a {@link
 * io.reststream.core.config.ConfigException} that lists them all.
 */
public final class RestTableProvider extends CatalogProvider
    implements TableProvider, DataSourceRegister {
  /** A read whose sample was taken, and whose calls it may keep. */
  private record Sampled(Map<String, String> options, CallRead read) {}

  /** Spark asks one provider for the columns of a read, and then for its table. */
  private @Nullable Sampled sampled;

  public RestTableProvider() {
    super("rest");
  }

  @Override
  public String shortName() {
    return "rest";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    SparkSetup.check();
    Map<String, String> given = CatalogOptions.of(options.asCaseSensitiveMap());
    if (CallOptions.meanCalls(given)) {
      return columnsOfCalls(given);
    }
    RestConfig config = SparkOptions.parse(given, true);
    return config.value(SparkOptions.INFER_SCHEMA)
        ? RestSchema.of(config).typed(SchemaSample.of(given))
        : RestSchema.of(config).untyped();
  }

  private StructType columnsOfCalls(Map<String, String> given) {
    CallRead read = CallRead.of(given, SparkOptions.ofCalls(true));
    if (!read.config().value(SparkOptions.INFER_SCHEMA)) {
      return RestSchema.of(read).untyped();
    }
    StructType columns = RestSchema.of(read).typed(SchemaSample.of(given, read));
    sampled = new Sampled(Map.copyOf(given), read);
    return columns;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    SparkSetup.check();
    Map<String, String> given = CatalogOptions.of(properties);
    return CallOptions.meanCalls(given) ? calls(schema, given) : RestTable.of(schema, given);
  }

  private Table calls(StructType schema, Map<String, String> given) {
    Sampled before = sampled;
    sampled = null;
    CallRead read =
        before != null && before.options().equals(given)
            ? before.read()
            : CallRead.of(given, SparkOptions.ofCalls(true));
    RestSchema columns = RestSchema.of(read);
    return calls(given, read, columns, columns.record(schema));
  }

  private static CallTable calls(
      Map<String, String> given, CallRead read, RestSchema columns, StructType record) {
    RowFormat rows = columns.rows(record);
    if (rows.record() == null) {
      CallRead unused = CallRead.of(given, SparkOptions.ofCalls(false));
    }
    return new CallTable(
        given,
        read,
        rows,
        all -> {
          CallRead other = CallRead.of(all, SparkOptions.ofCalls(true));
          RestSchema wanted = RestSchema.of(other);
          wanted.checkSame(columns, rows, given, all);
          return calls(all, other, wanted, record);
        });
  }

  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }
}
