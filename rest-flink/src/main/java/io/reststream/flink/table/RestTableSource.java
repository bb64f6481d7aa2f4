package io.reststream.flink.table;

import io.reststream.core.RestConfig;
import io.reststream.core.config.OnError;
import io.reststream.flink.RestSource;
import io.reststream.flink.RestSourceBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * A table that is read, or that a lookup join asks. The planner tells it what the query wants; no
 * request is made before the job runs.
 */
final class RestTableSource
    implements ScanTableSource,
        LookupTableSource,
        SupportsProjectionPushDown,
        SupportsReadingMetadata,
        SupportsLimitPushDown,
        SupportsWatermarkPushDown {
  private static final String OF_FORMAT = "value.";

  private final String name;
  private final String summary;
  private final TableRequest request;
  private final RecordFormat format;
  private final @Nullable Integer scanParallelism;
  private final LookupCaching caching;
  private final LookupTimes times;

  private Wanted wanted;
  private @Nullable WatermarkStrategy<RowData> watermarks;
  private long limit = Long.MAX_VALUE;

  /**
   * What a query wants of the table.
   *
   * @param columns those of the format, by their paths
   * @param ofFormat what the format knows besides, behind them
   * @param metadata the metadata columns behind these
   * @param rows the type of all of these together
   */
  record Wanted(
      int[][] columns, List<String> ofFormat, List<MetadataColumn> metadata, DataType rows) {}

  /**
   * A table of which all physical columns are wanted.
   *
   * @param name how queries call it
   * @param summary how plans call it
   */
  RestTableSource(
      String name,
      String summary,
      TableRequest request,
      RecordFormat format,
      @Nullable Integer scanParallelism,
      LookupCaching caching,
      LookupTimes times) {
    this.name = name;
    this.summary = summary;
    this.request = request;
    this.format = format;
    this.scanParallelism = scanParallelism;
    this.caching = caching;
    this.times = times;
    this.wanted = new Wanted(format.all(), List.of(), List.of(), format.columns());
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return format.changelog();
  }

  @Override
  public boolean supportsNestedProjection() {
    return format.decodesFieldsOfRows();
  }

  @Override
  public void applyProjection(int[][] projectedFields, DataType producedDataType) {
    wanted = new Wanted(projectedFields, List.of(), List.of(), producedDataType);
  }

  private Map<String, MetadataColumn> metadata() {
    return request.findScan().map(MetadataColumn::of).orElseGet(MetadataColumn::all);
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    Map<String, DataType> types = new LinkedHashMap<>();
    // As Flink has it: what the format knows comes first, by the prefix that it has for Kafka too.
    format.metadata().forEach((key, type) -> types.put(OF_FORMAT + key, type));
    metadata().forEach((key, column) -> types.put(key, column.type()));
    return types;
  }

  @Override
  public void applyReadableMetadata(List<String> metadataKeys, DataType producedDataType) {
    Map<String, MetadataColumn> known = metadata();
    List<String> ofFormat = new ArrayList<>();
    List<MetadataColumn> columns = new ArrayList<>();
    for (String key : metadataKeys) {
      if (key.startsWith(OF_FORMAT)) {
        ofFormat.add(key.substring(OF_FORMAT.length()));
      } else {
        columns.add(Objects.requireNonNull(known.get(key)));
      }
    }
    wanted = new Wanted(wanted.columns(), ofFormat, columns, producedDataType);
  }

  @Override
  public void applyWatermark(WatermarkStrategy<RowData> watermarkStrategy) {
    watermarks = watermarkStrategy;
  }

  @Override
  public void applyLimit(long limit) {
    // A row that is taken back makes room for another one.
    if (format.changelog().containsOnly(RowKind.INSERT)) {
      this.limit = Math.max(1, limit);
    }
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    RestSourceBuilder<RowData> builder = request.source();
    RestSource<RowData> source =
        builder
            .limit(limit)
            .deserializer(
                new RowDeserializer(decoder(context), context.createTypeInformation(wanted.rows())))
            .build();
    return new RestScan(source, watermarks, scanParallelism);
  }

  @Override
  public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
    LookupKeys keys = LookupKeys.of(context.getKeys(), wanted);
    RestConfig config = request.lookup(keys.names());
    keys.requirePlaceholders(config, name);
    times.check(config, name);
    LookupRows rows = LookupRows.of(decoder(context), wanted, keys);
    if (config.value(OnError.OPTION) == OnError.NULL) {
      rows.requireNullable(name);
    }
    return caching.provider(
        new RestLookupFunction(config, keys, rows, caching.cache() != null, times));
  }

  private RowDecoder decoder(DynamicTableSource.Context context) {
    return format.decoder(context, wanted.columns(), wanted.ofFormat(), wanted.metadata());
  }

  @Override
  public DynamicTableSource copy() {
    RestTableSource copy =
        new RestTableSource(name, summary, request, format, scanParallelism, caching, times);
    copy.wanted = wanted;
    copy.watermarks = watermarks;
    copy.limit = limit;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return summary;
  }
}
