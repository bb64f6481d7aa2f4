package io.reststream.core.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Options as tests write them: keys and values in turn. */
public final class Options {

  /** An address that fits all defaults. */
  public static final String URL = "https://api.example.com/events?since={timestamp}";

  private Options() {}

  public static Map<String, String> of(String... keysAndValues) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      options.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return options;
  }

  /** The same, with {@link #URL} where no address is among them. */
  public static Map<String, String> withUrl(String... keysAndValues) {
    Map<String, String> options = of(keysAndValues);
    options.putIfAbsent("url", URL);
    return options;
  }

  public static RestConfig stream(String... keysAndValues) {
    return RestConfig.parse(withUrl(keysAndValues), ReadMode.STREAM);
  }

  public static RestConfig batch(String... keysAndValues) {
    return RestConfig.parse(withUrl(keysAndValues), ReadMode.BATCH);
  }

  /** What the options of a stream say about statuses. */
  public static StatusActions statuses(String... keysAndValues) {
    return ParsedOptions.parse(withUrl(keysAndValues), ReadMode.STREAM, List.of()).statuses();
  }

  /** What is wrong with options; none if nothing is. */
  public static List<String> problems(ReadMode mode, Map<String, String> options) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> RestConfig.parse(options, mode));
    return refused == null ? List.of() : refused.problems();
  }

  /** What is wrong with the options of a stream. */
  public static List<String> problems(String... keysAndValues) {
    return problems(ReadMode.STREAM, withUrl(keysAndValues));
  }

  /** The one thing that is wrong with the options of a stream. */
  public static String problem(String... keysAndValues) {
    List<String> problems = problems(keysAndValues);
    Assertions.assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  /** The one thing that is wrong with the options of a batch read. */
  public static String batchProblem(String... keysAndValues) {
    List<String> problems = problems(ReadMode.BATCH, withUrl(keysAndValues));
    Assertions.assertThat(problems).hasSize(1);
    return problems.get(0);
  }
}
