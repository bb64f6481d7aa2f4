package io.reststream.spark;

import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.config.ConfigException;
import io.reststream.core.config.Option;
import io.reststream.core.config.OptionType;
import io.reststream.core.config.OptionTypes;
import io.reststream.spark.call.CallOptions;
import io.reststream.spark.decode.JsonOptions;
import io.reststream.spark.read.OriginColumn;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options that only Spark has, beside those of the core. */
public final class SparkOptions {
  public static final Option<Integer> PAGE_LOG_RETAIN_BATCHES =
      Option.of(
          "pageLogRetainBatches",
          OptionTypes.integer(1),
          "100",
          "How many committed batches stay in the page log, so that a query can be rolled back by as"
              + " many.");
  public static final Option<Duration> DRAIN_TIMEOUT =
      Option.of(
          "drainTimeout",
          OptionTypes.duration(),
          "How long Trigger.AvailableNow and Trigger.Once may take to read what is there, before"
              + " they leave the rest to the next run. Not set: as long as it takes.");

  public static final Option<Boolean> INFER_SCHEMA =
      Option.of(
          "inferSchema",
          OptionTypes.bool(),
          "false",
          "Whether load() asks the API for a sample and finds the columns in it. A schema that was"
              + " given wins.");
  public static final Option<Boolean> INCLUDE_INPUTS =
      Option.of(
          "includeInputsInOutput",
          OptionTypes.yesOrNo(),
          "true",
          "Whether the columns of inputData stand before those of the record.");
  public static final Option<List<OriginColumn>> METADATA_COLUMNS =
      Option.of(
          "metadataColumns",
          originColumns(),
          "none",
          "Metadata columns, separated by commas, that stand after those of the record; streams have"
              + " no others. Also all.");

  /** All of them, in the order in which the documentation lists them. */
  public static final List<Option<?>> ALL =
      List.of(
          PAGE_LOG_RETAIN_BATCHES, DRAIN_TIMEOUT, INFER_SCHEMA, INCLUDE_INPUTS, METADATA_COLUMNS);

  private SparkOptions() {}

  /**
   * Reads options.
   *
   * @param typed whether there is a schema, so that there may be options for JSON
   */
  static RestConfig parse(Map<String, String> options, ReadMode mode, boolean typed) {
    List<Option<?>> json = typed ? JsonOptions.WITH_SCHEMA : JsonOptions.WITHOUT_SCHEMA;
    return RestConfig.parse(
        options, mode, Stream.concat(ALL.stream(), json.stream()).<Option<?>>map(o -> o).toList());
  }

  /**
   * What may be given for a call per row.
   *
   * @param typed whether answers have a schema, so that there may be options for JSON
   */
  static List<Option<?>> ofRowCalls(boolean typed) {
    return Stream.of(
            CallOptions.OF_CALLS,
            List.of(INCLUDE_INPUTS, METADATA_COLUMNS),
            typed ? JsonOptions.WITH_SCHEMA : JsonOptions.WITHOUT_SCHEMA)
        .<Option<?>>flatMap(List::stream)
        .toList();
  }

  /**
   * What may be given for a batch read of calls.
   *
   * @param typed whether there is a schema, so that there may be options for JSON
   */
  static List<Option<?>> ofCalls(boolean typed) {
    return Stream.of(
            CallOptions.OF_READS,
            List.of(INFER_SCHEMA, INCLUDE_INPUTS, METADATA_COLUMNS),
            typed ? JsonOptions.WITH_SCHEMA : JsonOptions.WITHOUT_SCHEMA)
        .<Option<?>>flatMap(List::stream)
        .toList();
  }

  /**
   * Reads options while it is not known yet whether {@code read} or {@code readStream} is meant.
   */
  static RestConfig parse(Map<String, String> options, boolean typed) {
    return parse(options, typed, ReadMode.STREAM, ReadMode.BATCH);
  }

  /** The same for a sample, which is read as a batch where it can be. */
  static RestConfig parseForSample(Map<String, String> options) {
    return parse(options, true, ReadMode.BATCH, ReadMode.STREAM);
  }

  private static RestConfig parse(
      Map<String, String> options, boolean typed, ReadMode first, ReadMode second) {
    try {
      return parse(options, first, typed);
    } catch (ConfigException asFirst) {
      try {
        return parse(options, second, typed);
      } catch (ConfigException asSecond) {
        throw asSecond.problems().size() < asFirst.problems().size() ? asSecond : asFirst;
      }
    }
  }

  private static OptionType<List<OriginColumn>> originColumns() {
    String names =
        Arrays.stream(OriginColumn.values())
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    return new OptionType<>(
        "'all', 'none', or some of " + names,
        text ->
            switch (text.trim().toLowerCase(Locale.ROOT)) {
              case "all" -> List.of(OriginColumn.values());
              case "none", "" -> List.of();
              default -> {
                List<OriginColumn> columns =
                    Arrays.stream(text.split(",", -1))
                        .flatMap(name -> OriginColumn.find(name.trim()).stream())
                        .distinct()
                        .toList();
                yield columns.size() == text.split(",", -1).length ? columns : null;
              }
            });
  }
}
