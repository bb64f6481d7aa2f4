package io.reststream.core.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads options from text: finds the declared option of each key, and its value. */
final class ConfigParser {
  private final Map<String, Option<?>> known = new LinkedHashMap<>();
  private final ConfigProblems problems;
  private final Map<String, String> texts = new TreeMap<>();
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Object> values = new HashMap<>();

  ConfigParser(List<Option<?>> options, ConfigProblems problems) {
    options.forEach(option -> known.put(Keys.normalized(option.key()), option));
    this.problems = problems;
  }

  void parse(Map<String, String> given) {
    Map<String, String> spelling = new HashMap<>();
    new TreeMap<>(given)
        .forEach(
            (key, text) -> {
              Optional<String> header = Keys.header(key);
              if (header.isPresent()) {
                addHeader(header.get(), text);
                return;
              }
              Option<?> option = known.get(Keys.normalized(key));
              if (option == null) {
                addUnknown(key);
                return;
              }
              String earlier = spelling.putIfAbsent(option.key(), key);
              if (earlier != null) {
                problems.add(
                    "Option '%s' is given twice, as '%s' and as '%s'.", option.key(), earlier, key);
                return;
              }
              texts.put(option.key(), text);
              parseValue(option, text);
            });
    for (Option<?> option : known.values()) {
      String defaultText = option.defaultText();
      if (!texts.containsKey(option.key()) && defaultText != null) {
        parseValue(option, defaultText);
      }
    }
  }

  private void addHeader(String name, @Nullable String value) {
    if (value == null) {
      problems.add("The header '%s' must be text, but was null.", name);
    } else if (headers.putIfAbsent(name, value) == null) {
      texts.put(RestOptions.HEADER_PREFIX + name, value);
    } else {
      problems.add("The header '%s' is given twice.", name);
    }
  }

  private void addUnknown(String key) {
    Optional<String> meant =
        Keys.nearest(
            key, known.values().stream().map(Option::key).collect(Collectors.toUnmodifiableSet()));
    problems.addUnknown(
        "Option '%s' is not known.%s",
        key, meant.map(near -> " Did you mean '%s'?".formatted(near)).orElse(""));
  }

  private <T> void parseValue(Option<T> option, @Nullable String text) {
    T value = text == null ? null : option.type().parser().parse(text);
    if (value == null) {
      problems.add(
          "Option '%s' must be %s, but was %s.",
          option.key(), option.type().allowed(), shown(option, text));
    } else {
      values.put(option.key(), value);
    }
  }

  private static String shown(Option<?> option, @Nullable String text) {
    return text == null ? "null" : option.secret() ? "****" : "'" + text + "'";
  }

  /** The text of each option that was given, by its declared key. */
  Map<String, String> texts() {
    return texts;
  }

  /** What {@code header.<Name>} gave, by name. */
  Map<String, String> headers() {
    return headers;
  }

  /** The value of each option that was given, or has a default. */
  Map<String, Object> values() {
    return values;
  }
}
