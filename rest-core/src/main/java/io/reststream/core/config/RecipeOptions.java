package io.reststream.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reststream.core.recipe.Parameter;
import io.reststream.core.recipe.Recipe;
import io.reststream.core.recipe.RecipeException;
import io.reststream.core.recipe.Recipes;
import io.reststream.core.recipe.Setting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Puts the options of a recipe under those that were given. What comes of it names no recipe any
 * more, so that only the place where options are read first has to have the file.
 */
final class RecipeOptions {
  /** The prefix of the options that a recipe's parameters are set by: {@code recipe.owner}. */
  static final String PREFIX = "recipe.";

  private static final JsonMapper JSON = new JsonMapper();

  private final List<Option<?>> known;
  private final ConfigProblems problems;
  private final Map<String, String> own = new LinkedHashMap<>();
  private final Map<String, String> parameters = new TreeMap<>();

  private RecipeOptions(List<Option<?>> known, ConfigProblems problems) {
    this.known = known;
    this.problems = problems;
  }

  /**
   * All options, those of a recipe included.
   *
   * @throws ConfigException if a recipe cannot be used: what else is wrong can only be said of what
   *     it would have set
   */
  static Map<String, String> resolved(
      Map<String, String> given, List<Option<?>> known, ConfigProblems problems) {
    return new RecipeOptions(known, problems).resolved(given);
  }

  private Map<String, String> resolved(Map<String, String> given) {
    Optional<String> name = Optional.empty();
    for (Map.Entry<String, String> option : new TreeMap<>(given).entrySet()) {
      String key = option.getKey();
      int dot = key.indexOf('.');
      if (Keys.normalized(key).equals(RestOptions.RECIPE.key())) {
        name = Optional.of(String.valueOf(option.getValue()).trim());
      } else if (dot >= 0 && Keys.normalized(key.substring(0, dot + 1)).equals(PREFIX)) {
        parameters.put(key.substring(dot + 1).trim(), option.getValue());
      } else {
        own.put(key, option.getValue());
      }
    }
    if (name.isPresent()) {
      try {
        add(Recipes.find(name.get()));
      } catch (RecipeException e) {
        problems.add("%s%s", e.getMessage(), e.isUnknown() ? meant(name.get()) : "");
      }
      problems.throwIfAny();
    } else {
      parameters
          .keySet()
          .forEach(
              key -> problems.add("Option '%s%s' needs 'recipe', which is not set.", PREFIX, key));
    }
    return own;
  }

  private static String meant(String name) {
    return Keys.nearest(name, Set.copyOf(Recipes.BUILT_IN))
        .map(" Did you mean '%s'?"::formatted)
        .orElse("");
  }

  private void add(Recipe recipe) throws RecipeException {
    Map<String, String> values = values(recipe);
    if (!problems.isEmpty()) {
      return;
    }
    Set<String> taken =
        own.keySet().stream().map(RecipeOptions::identity).collect(Collectors.toSet());
    taken.addAll(headersOf(own));
    for (Setting setting : recipe.settings(values)) {
      checkSecrets(recipe, setting);
      if (!taken.contains(identity(setting.key()))) {
        own.put(setting.key(), setting.text());
      }
    }
  }

  /** The parameters' values by their declared names. */
  private Map<String, String> values(Recipe recipe) {
    Map<String, String> values = new HashMap<>();
    Map<String, String> spelling = new HashMap<>();
    parameters.forEach(
        (key, text) -> {
          Optional<Parameter> parameter =
              recipe.parameters().values().stream()
                  .filter(p -> Keys.normalized(p.name()).equals(Keys.normalized(key)))
                  .findFirst();
          if (parameter.isEmpty()) {
            addUnknown(recipe, key);
            return;
          }
          String declared = parameter.get().name();
          String earlier = spelling.putIfAbsent(declared, key);
          if (earlier != null) {
            problems.add(
                "Option '%s%s' is given twice, as '%s%s' and as '%s%s'.",
                PREFIX, declared, PREFIX, earlier, PREFIX, key);
            return;
          }
          value(parameter.get(), text).ifPresent(value -> values.put(declared, value));
        });
    for (Parameter parameter : recipe.parameters().values()) {
      if (parameter.required() && !spelling.containsKey(parameter.name())) {
        problems.add(
            "Option '%s%s' is missing, which recipe '%s' needs: %s",
            PREFIX, parameter.name(), recipe.name(), parameter.description());
      }
    }
    return values;
  }

  private void addUnknown(Recipe recipe, String key) {
    Set<String> names = recipe.parameters().keySet();
    problems.addUnknown(
        "Option '%s%s' is not known: recipe '%s' has %s.%s",
        PREFIX,
        key,
        recipe.name(),
        names.isEmpty() ? "no parameters" : "the parameters " + String.join(", ", names),
        Keys.nearest(key, names)
            .map(near -> " Did you mean '%s%s'?".formatted(PREFIX, near))
            .orElse(""));
  }

  private Optional<String> value(Parameter parameter, String text) {
    if (text == null || (parameter.required() && text.isBlank())) {
      problems.add(
          "Option '%s%s' must be text, but was %s.",
          PREFIX, parameter.name(), text == null ? "null" : "empty");
      return Optional.empty();
    }
    if (parameter.choices().isEmpty()) {
      return Optional.of(text);
    }
    Optional<String> choice =
        parameter.choices().keySet().stream()
            .filter(one -> Keys.normalized(one).equals(Keys.normalized(text)))
            .findFirst();
    if (choice.isEmpty()) {
      problems.add(
          "Option '%s%s' must be one of %s, but was %s.%s",
          PREFIX,
          parameter.name(),
          parameter.choices().keySet().stream()
              .map("'%s'"::formatted)
              .collect(Collectors.joining(", ")),
          parameter.secret() ? "****" : "'" + text + "'",
          Keys.nearest(text, parameter.choices().keySet())
              .map(" Did you mean '%s'?"::formatted)
              .orElse(""));
    }
    return choice;
  }

  /** A secret may stand only where it is not shown. */
  private void checkSecrets(Recipe recipe, Setting setting) {
    String key = Keys.normalized(setting.key());
    boolean hidden =
        Keys.header(setting.key()).isPresent()
            || known.stream()
                .anyMatch(option -> Keys.normalized(option.key()).equals(key) && option.secret());
    for (String name : setting.parameters()) {
      Parameter parameter = recipe.parameters().get(name);
      if (parameter == null || !parameter.secret() || hidden) {
        continue;
      }
      problems.add(
          "Recipe '%s' has the secret parameter '%s' in the option '%s', whose value is shown; it"
              + " belongs into a secret option or a header.",
          recipe.name(), name, setting.key());
    }
  }

  /** What two keys have in common that set the same thing. */
  private static String identity(String key) {
    return Keys.header(key)
        .map(header -> RestOptions.HEADER_PREFIX + header.toLowerCase(Locale.ROOT))
        .orElseGet(() -> Keys.normalized(key));
  }

  /** The headers that the option {@code headers} sets; what is wrong with it is said later. */
  private static Set<String> headersOf(Map<String, String> own) {
    Set<String> headers = new HashSet<>();
    own.forEach(
        (key, text) -> {
          if (text != null && Keys.normalized(key).equals(RestOptions.HEADERS.key())) {
            try {
              JSON.readTree(text)
                  .fieldNames()
                  .forEachRemaining(
                      header -> headers.add(identity(RestOptions.HEADER_PREFIX + header)));
            } catch (JsonProcessingException e) {
              return;
            }
          }
        });
    return headers;
  }
}
