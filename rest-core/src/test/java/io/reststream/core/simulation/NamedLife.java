package io.reststream.core.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A life whose plan is written down: what its API does, the options, and how it must end.
 *
 * @param api makes the API anew, for every engine and every crash
 * @param outage how long a crash takes
 * @param error what the error says that must end it; null where every record comes once
 * @param remedy the options that are set when it said so, with which the life goes on; null where
 *     it ends
 */
record NamedLife(
    String name,
    Supplier<ScriptedApi> api,
    Map<String, String> options,
    Duration outage,
    @Nullable String error,
    @Nullable Map<String, String> remedy) {

  static NamedLife of(String name, Supplier<ScriptedApi> api, String... options) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("url", "http://api.test/feed?offset={offset}");
    all.put("dataField", "data");
    all.put("offsetField", "at");
    all.put("offsetType", "max_field");
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new NamedLife(name, api, all, Duration.ofSeconds(5), null, null);
  }

  NamedLife paged() {
    Map<String, String> all = new LinkedHashMap<>(options);
    all.put("url", options.get("url") + "&pageToken={pageToken}");
    all.put("pagination", "cursor");
    all.put("nextField", "paging.next");
    return new NamedLife(name, api, all, outage, error, remedy);
  }

  NamedLife withOutage(Duration time) {
    return new NamedLife(name, api, options, time, error, remedy);
  }

  NamedLife failing(String message) {
    return new NamedLife(name, api, options, outage, message, null);
  }

  /** It must end with this error, and then go on with the options that it names. */
  NamedLife goingOnAfter(String message, Map<String, String> told) {
    return new NamedLife(name, api, options, outage, message, told);
  }
}
