package io.reststream.spark;

import io.reststream.core.RestException;
import io.reststream.core.config.Option;
import io.reststream.spark.call.CallOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;

/** Refuses what a query cannot add to the options of a table, whose columns are known before it. */
final class QueryOptions {
  private static final int MOST_SHOWN = 100;

  private QueryOptions() {}

  /**
   * Checks the columns.
   *
   * @param options all options, those that the query adds among them
   * @param changing those under which the columns would be others
   * @param columns those of the table
   * @throws RestException if there are such options
   */
  static void checkColumns(
      Map<String, String> options, List<Option<?>> changing, StructType columns) {
    if (changing.isEmpty()) {
      return;
    }
    String given =
        changing.stream().map(option -> shown(option, options)).collect(Collectors.joining(", "));
    boolean one = changing.size() == 1;
    throw new RestException(
        ("%s %s must be left out of a query: %s would change the columns, and those of the table"
                + " are fixed where it is made, (%s). Set %s there, or in a read of its own.")
            .formatted(
                one ? "Option" : "Options",
                given,
                one ? "it" : "they",
                String.join(", ", columns.fieldNames()),
                one ? "it" : "them"));
  }

  /**
   * Checks that other columns of inputs are what the query wants.
   *
   * @param names the option that says what they are
   * @param own the options of the table
   * @param options all options, those that the query adds among them
   * @throws RestException if the table says so itself
   */
  static void checkAdded(Option<?> names, Map<String, String> own, Map<String, String> options) {
    if (names.isIn(own) && value(names, own).equals(value(names, options))) {
      throw new RestException(
          ("The columns of option %s have changed since the table was opened. Open it anew: with"
                  + " REFRESH TABLE, or by another read.")
              .formatted(shown(names, own)));
    }
  }

  private static String value(Option<?> option, Map<String, String> options) {
    return options.entrySet().stream()
        .filter(given -> option.isKey(given.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private static String shown(Option<?> option, Map<String, String> options) {
    String value = value(option, options);
    return "'%s'='%s'"
        .formatted(
            option.key(),
            value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "...");
  }

  /**
   * Checks that a table which is read without calls stays so.
   *
   * @throws RestException if an option makes its read one of calls
   */
  static void checkNoCalls(Map<String, String> options) {
    List<Option<?>> calls = CallOptions.thatMeanCalls(options);
    if (!calls.isEmpty()) {
      throw new RestException(
          ("Option %s must be left out of a query: it makes a read one of calls, which the table is"
                  + " not. Set it where the table is made, or in a read of its own.")
              .formatted(shown(calls.get(0), options)));
    }
  }
}
