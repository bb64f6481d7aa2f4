package io.reststream.flink.table;

import io.reststream.core.RestException;
import io.reststream.flink.setup.FlinkSetup;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Tables of an API.
 *
 * <pre>{@code
 * CREATE TABLE events (id BIGINT, name STRING) WITH (
 *   'connector' = 'rest',
 *   'url' = 'https://api.example.com/events?since={timestamp}',
 *   'data-field' = 'events'
 * )
 * }</pre>
 *
 * <p>Flink puts all options of a table into the message of what its factory throws, and knows by
 * their keys alone which are secret. So what is wrong is said by the first use of the table.
 */
public final class RestTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {
  @Override
  public String factoryIdentifier() {
    return "rest";
  }

  /** None: a recipe may give each of them, and says itself what it needs. */
  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return TableOptions.all();
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    try {
      return table(context);
    } catch (RuntimeException e) {
      return new RefusedTable(
          new ValidationException(
              "The table %s cannot be used. %s"
                  .formatted(context.getObjectIdentifier().asSummaryString(), reason(e)),
              e));
    }
  }

  /** Says that nothing can be written, where Flink would not quote the options. */
  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    return new RefusedSink(
        new ValidationException(
            "The table %s cannot be written to: 'connector' = 'rest' only reads."
                .formatted(context.getObjectIdentifier().asSummaryString())));
  }

  /** What Flink says in several exceptions, of which the last one is the reason. */
  private static String reason(Throwable problem) {
    String message = String.valueOf(problem.getMessage());
    Throwable cause = problem.getCause();
    return cause == null || problem instanceof RestException
        ? message
        : message + " " + reason(cause);
  }

  private RestTableSource table(Context context) {
    FlinkSetup.check();
    ResolvedCatalogTable table = context.getCatalogTable();
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    ReadableConfig options = helper.getOptions();
    Map<String, String> core =
        TableOptions.ofTheCore(table.getOptions(), options.get(TableOptions.FORMAT));
    TableRequest request = new TableRequest(core, options.get(TableOptions.SCAN_BOUNDED));
    String address =
        request.check(
            table.getResolvedSchema().getColumns().stream()
                .filter(Column::isPhysical)
                .map(Column::getName)
                .toList());
    DecodingFormat<DeserializationSchema<RowData>> format =
        helper.discoverDecodingFormat(DeserializationFormatFactory.class, TableOptions.FORMAT);
    if (core.isEmpty()) {
      helper.validate();
    } else {
      helper.validateExcept(core.keySet().toArray(String[]::new));
    }
    return new RestTableSource(
        context.getObjectIdentifier().asSummaryString(),
        "rest " + address,
        request,
        new RecordFormat(format, context.getPhysicalRowDataType()),
        options.getOptional(FactoryUtil.SOURCE_PARALLELISM).orElse(null),
        LookupCaching.of(options),
        LookupTimes.of(context.getConfiguration()));
  }
}
