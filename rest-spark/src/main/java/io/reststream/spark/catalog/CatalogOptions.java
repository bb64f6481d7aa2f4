package io.reststream.spark.catalog;

import java.util.Map;
import java.util.TreeMap;

/** Finds the options of a read among what a catalog says of a table. */
public final class CatalogOptions {
  private static final String PROVIDER = "provider";
  private static final String PREFIX = "option.";
  private static final String PATH = "path";

  private CatalogOptions() {}

  /**
   * Options as they were written. Spark 4 gives the properties of a table, among which each option
   * stands twice, once behind a prefix; those of a read have no provider and stay as they are.
   */
  public static Map<String, String> of(Map<String, String> given) {
    if (!given.containsKey(PROVIDER)) {
      return given;
    }
    Map<String, String> options = new TreeMap<>();
    given.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            options.put(key.substring(PREFIX.length()), value);
          }
        });
    return withoutPath(options);
  }

  /** Leaves out where a catalog would keep a table that has files, which it adds by itself. */
  static Map<String, String> withoutPath(Map<String, String> given) {
    Map<String, String> options = new TreeMap<>(given);
    options.remove(PATH);
    return options;
  }
}
