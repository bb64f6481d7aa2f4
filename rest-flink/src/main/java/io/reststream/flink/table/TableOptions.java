package io.reststream.flink.table;

import io.reststream.core.config.OnError;
import io.reststream.core.config.Option;
import io.reststream.core.config.RestOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.source.lookup.LookupOptions;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * The options of a table: those of the core, spelled as Flink spells its own ({@code
 * 'offset-type'}), and those that are Flink's. The core reads its options itself, in any spelling.
 */
final class TableOptions {
  static final ConfigOption<String> FORMAT =
      ConfigOptions.key(FactoryUtil.FORMAT.key())
          .stringType()
          .defaultValue("json")
          .withDescription(
              "What a record is: any format that decodes rows, with its options (json.…); raw gives"
                  + " the record's text as the API sent it, in one column.");

  static final ConfigOption<Boolean> SCAN_BOUNDED =
      ConfigOptions.key("scan.bounded")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether a read ends once each input was read to its end, as batch execution needs"
                  + " it. Otherwise it goes on for ever.");

  /** What only Flink has. */
  static final List<ConfigOption<?>> OWN =
      List.of(
          FORMAT,
          SCAN_BOUNDED,
          FactoryUtil.SOURCE_PARALLELISM.withDescription(
              "How many readers there are; as many as the job's parallelism if not set."),
          LookupOptions.CACHE_TYPE.withDescription(
              "PARTIAL keeps the answers of a lookup join for rows that come later. There is no"
                  + " FULL."),
          LookupOptions.PARTIAL_CACHE_MAX_ROWS.withDescription(
              "How many rows the cache holds. With PARTIAL this or one of the times is needed."),
          LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_WRITE.withDescription(
              "How long the cache holds a row."),
          LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_ACCESS.withDescription(
              "How long the cache holds a row that nobody asks for."),
          LookupOptions.PARTIAL_CACHE_CACHE_MISSING_KEY.withDescription(
              "Whether the cache keeps that there is nothing for a key."));

  /** What the core reads for a table, beside its own options. */
  static final List<Option<?>> OF_CALLS = List.of(OnError.OPTION);

  private TableOptions() {}

  /** All of them; none is required, since a recipe may give each of the core's. */
  static Set<ConfigOption<?>> all() {
    return Stream.concat(
            OWN.stream(),
            Stream.concat(RestOptions.ALL.stream(), OF_CALLS.stream())
                .<ConfigOption<?>>map(TableOptions::declared))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static ConfigOption<String> declared(Option<?> option) {
    var typed = ConfigOptions.key(spelled(option.key())).stringType();
    String text = option.defaultText();
    ConfigOption<String> declared =
        text == null ? typed.noDefaultValue() : typed.defaultValue(text);
    return declared.withFallbackKeys(option.key()).withDescription(option.doc());
  }

  /** A key of the core in Flink's spelling: {@code offset-type} for {@code offsetType}. */
  static String spelled(String key) {
    return key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /**
   * What of the given options the core is to read, and to refuse if it does not know it.
   *
   * @param format the identifier of the table's format, whose options have its prefix
   */
  static Map<String, String> ofTheCore(Map<String, String> given, String format) {
    Set<String> flinks = OWN.stream().map(ConfigOption::key).collect(Collectors.toSet());
    flinks.add(FactoryUtil.CONNECTOR.key());
    flinks.add(FactoryUtil.PROPERTY_VERSION.key());
    Map<String, String> rest = new TreeMap<>(given);
    rest.keySet()
        .removeIf(
            key ->
                flinks.contains(key)
                    || Stream.of("scan.", "lookup.", format + ".").anyMatch(key::startsWith));
    return rest;
  }
}
