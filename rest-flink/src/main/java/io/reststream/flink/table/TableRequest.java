package io.reststream.flink.table;

import io.reststream.core.Calls;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.config.ConfigException;
import io.reststream.core.config.OnError;
import io.reststream.core.config.RestOptions;
import io.reststream.core.http.RedactedUrl;
import io.reststream.flink.RestSource;
import io.reststream.flink.RestSourceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a table asks its API. Whether it is read, or asked for each row of a join, only a query
 * tells; placeholders are the columns of {@code inputData} in the one, the keys in the other.
 *
 * @param options the options of the core, in any spelling
 * @param bounded whether a read ends
 */
record TableRequest(Map<String, String> options, boolean bounded) {

  /**
   * Refuses options that can neither be read by nor be asked by.
   *
   * @param columns the columns that may be keys
   * @return the address, with what may be secret left out
   * @throws ConfigException with every problem found
   */
  String check(List<String> columns) {
    RestConfig config;
    try {
      config = scan();
    } catch (ConfigException asScan) {
      config = asLookup(columns, asScan);
    }
    return RedactedUrl.of(config.value(RestOptions.URL));
  }

  private RestConfig asLookup(List<String> columns, ConfigException asScan) {
    try {
      return lookup(columns);
    } catch (ConfigException asLookup) {
      throw asLookup.problems().size() < asScan.problems().size() ? asLookup : asScan;
    }
  }

  /**
   * The options of a read.
   *
   * @throws ConfigException with every problem found
   */
  RestConfig scan() {
    return RestConfig.parse(
        options, bounded ? ReadMode.BATCH : ReadMode.STREAM, TableOptions.OF_CALLS);
  }

  /** The options of a read, if the table can be read. */
  Optional<RestConfig> findScan() {
    try {
      return Optional.of(scan());
    } catch (ConfigException asScan) {
      return Optional.empty();
    }
  }

  /** What reads. */
  <T> RestSourceBuilder<T> source() {
    Map<String, String> read = new TreeMap<>(scan().options());
    read.remove(OnError.OPTION.key());
    RestSourceBuilder<T> source = RestSource.<T>builder().options(read);
    return bounded ? source.bounded() : source;
  }

  /**
   * The options of calls.
   *
   * @param keys the columns whose values are sent
   * @throws ConfigException with every problem found
   */
  RestConfig lookup(List<String> keys) {
    return Calls.parse(options, Calls.Form.RECORDS, TableOptions.OF_CALLS, keys);
  }
}
