package io.reststream.core.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Options as they were given: texts by keys in any spelling. */
public final class GivenOptions {
  private GivenOptions() {}

  /**
   * Options with others, which take the place of those of the same key, in whatever spelling. Where
   * these say nothing else, what comes of it equals the first ones.
   */
  public static Map<String, String> with(Map<String, String> options, Map<String, String> others) {
    Map<String, String> own = new HashMap<>();
    options.keySet().forEach(key -> own.put(meaning(key), key));
    List<String> meant = others.keySet().stream().map(GivenOptions::meaning).toList();
    Map<String, String> all = new TreeMap<>(options);
    all.keySet().removeIf(key -> meant.contains(meaning(key)));
    others.forEach(
        (key, text) -> {
          // What is given in two spellings stays so, and is found to be wrong.
          boolean once = Collections.frequency(meant, meaning(key)) == 1;
          all.put(once ? own.getOrDefault(meaning(key), key) : key, text);
        });
    return all;
  }

  private static String meaning(String key) {
    return Keys.header(key)
        .map(name -> RestOptions.HEADER_PREFIX + name.toLowerCase(Locale.ROOT))
        .orElseGet(() -> Keys.normalized(key));
  }
}
