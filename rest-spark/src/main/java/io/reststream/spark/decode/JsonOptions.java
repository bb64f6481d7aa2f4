package io.reststream.spark.decode;

import io.reststream.core.RestConfig;
import io.reststream.core.config.LeniencyOptions;
import io.reststream.core.config.Option;
import io.reststream.core.config.OptionType;
import io.reststream.core.config.OptionTypes;
import java.text.SimpleDateFormat;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Spark's own options for reading JSON, under Spark's names. They mean something with a schema
 * only, and without one they are refused.
 */
public final class JsonOptions {
  public static final Option<ParseMode> MODE =
      Option.of(
          "mode",
          OptionTypes.oneOf(ParseMode.class),
          "What becomes of a record that the schema cannot hold.");
  static final Option<String> CORRUPT_COLUMN =
      Option.of(
          "columnNameOfCorruptRecord",
          OptionTypes.text(),
          "The column of the schema that holds a record which it cannot hold.");

  private static final List<Option<?>> DECODING =
      List.of(
          MODE,
          CORRUPT_COLUMN,
          Option.of("dateFormat", pattern(), "How dates are written."),
          Option.of("timestampFormat", pattern(), "How times are written."),
          Option.of("timestampNTZFormat", pattern(), "How times without a zone are written."),
          Option.of("timeZone", zone(), "The zone of times without one."),
          Option.of("locale", OptionTypes.text(), "The language of names in dates and numbers."),
          Option.of(
              "enableDateTimeParsingFallback",
              OptionTypes.bool(),
              "Whether times may also be written as Spark 2 read them."),
          Option.of("maxNestingDepth", OptionTypes.integer(1), "How deep values may be nested."),
          Option.of("maxNumLen", OptionTypes.integer(1), "How long a number may be."),
          Option.of("maxStringLen", OptionTypes.integer(1), "How long a text may be."));

  private static final List<Option<?>> INFERENCE =
      List.of(
          Option.of("primitivesAsString", OptionTypes.bool(), "Whether all values are text."),
          Option.of("prefersDecimal", OptionTypes.bool(), "Whether fractions are decimals."),
          Option.of("inferTimestamp", OptionTypes.bool(), "Whether texts may be times."),
          Option.of(
              "dropFieldIfAllNull",
              OptionTypes.bool(),
              "Whether a field without any value is left out."));

  /** All that may be given beside a schema. */
  public static final List<Option<?>> WITH_SCHEMA =
      Stream.of(DECODING, INFERENCE).<Option<?>>flatMap(List::stream).toList();

  /** The same options where there is no schema: each is a problem. */
  public static final List<Option<?>> WITHOUT_SCHEMA =
      WITH_SCHEMA.stream()
          .<Option<?>>map(option -> Option.of(option.key(), needsSchema(), option.doc()))
          .toList();

  private JsonOptions() {}

  /**
   * What was given, as Spark wants it. Records are JSON by now, whatever was allowed; but texts
   * such as "NaN" are numbers for Spark, too, unless that is refused.
   */
  public static Map<String, String> texts(RestConfig config) {
    Map<String, String> texts = new HashMap<>();
    List<Option<?>> understood = new ArrayList<>(DECODING);
    understood.addAll(INFERENCE);
    for (Option<?> option : understood) {
      config.find(option).ifPresent(value -> texts.put(option.key(), value.toString()));
    }
    String nonNumbers = LeniencyOptions.NON_NUMBERS.key();
    if (config.options().containsKey(nonNumbers)) {
      texts.put(nonNumbers, config.value(LeniencyOptions.NON_NUMBERS).toString());
    }
    return texts;
  }

  private static OptionType<String> zone() {
    return new OptionType<>(
        "a time zone such as 'UTC', '+02:00' or 'Europe/Paris'",
        text -> {
          try {
            // Spark takes short names such as PST, too.
            return ZoneId.of(text.trim(), ZoneId.SHORT_IDS).getId().isEmpty() ? null : text.trim();
          } catch (DateTimeException e) {
            return null;
          }
        });
  }

  /** What Java takes; of a pattern that it does not take Spark says nothing, and reads nulls. */
  private static OptionType<String> pattern() {
    return new OptionType<>(
        "a pattern such as 'yyyy-MM-dd HH:mm:ss'",
        text -> {
          try {
            return DateTimeFormatter.ofPattern(text).toString().isEmpty() ? null : text;
          } catch (IllegalArgumentException e) {
            return isOfSpark2(text) ? text : null;
          }
        });
  }

  /** Which Spark reads as before by {@code spark.sql.legacy.timeParserPolicy}. */
  private static boolean isOfSpark2(String pattern) {
    try {
      return !new SimpleDateFormat(pattern, Locale.ROOT).toPattern().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static OptionType<String> needsSchema() {
    return new OptionType<>(
        "left out where there is no schema, such as .schema(...) or 'inferSchema' gives",
        text -> null);
  }
}
