package io.reststream.spark;

import io.reststream.core.RestConfig;
import io.reststream.spark.call.CallOptions;
import io.reststream.spark.call.CallTable;
import io.reststream.spark.catalog.CatalogOptions;
import io.reststream.spark.catalog.CatalogProvider;
import io.reststream.spark.setup.SparkSetup;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

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
      return CallTable.of(given).schema();
    }
    RestConfig config = SparkOptions.parse(given, true);
    return config.value(SparkOptions.INFER_SCHEMA)
        ? RestSchema.typed(config, SchemaSample.of(given))
        : RestSchema.untyped(config);
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    SparkSetup.check();
    Map<String, String> given = CatalogOptions.of(properties);
    return CallOptions.meanCalls(given)
        ? CallTable.of(given).as(schema)
        : RestTable.of(schema, given);
  }

  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }
}
