package io.reststream.spark;

import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.config.ConfigException;
import io.reststream.core.config.Option;
import io.reststream.core.config.OptionTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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

  /** All of them, in the order in which the documentation lists them. */
  public static final List<Option<?>> ALL = List.of(PAGE_LOG_RETAIN_BATCHES, DRAIN_TIMEOUT);

  private SparkOptions() {}

  static RestConfig parse(Map<String, String> options, ReadMode mode) {
    return RestConfig.parse(options, mode, ALL);
  }

  /**
   * Reads options while it is not known yet whether {@code read} or {@code readStream} is meant.
   */
  static RestConfig parse(Map<String, String> options) {
    try {
      return parse(options, ReadMode.STREAM);
    } catch (ConfigException asStream) {
      try {
        return parse(options, ReadMode.BATCH);
      } catch (ConfigException asBatch) {
        throw asBatch.problems().size() < asStream.problems().size() ? asBatch : asStream;
      }
    }
  }
}
