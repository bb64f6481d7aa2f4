package io.reststream.core.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a recipe, or says what is wrong with it. */
final class RecipeReader {
  private static final List<String> MEMBERS =
      List.of("description", "documentation", "parameters", "options");
  private static final List<String> OF_PARAMETERS =
      List.of("description", "required", "default", "secret", "choices", "options");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final String name;

  RecipeReader(String name) {
    this.name = name;
  }

  Recipe read(String json) throws RecipeException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw RecipeException.broken(
          "Recipe '%s' is not JSON at line %d, column %d: %s",
          name, e.getLocation().getLineNr(), e.getLocation().getColumnNr(), e.getOriginalMessage());
    }
    object(root, "it");
    onlyMembers(root, MEMBERS, "it");
    text(root, "documentation", "it");
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    JsonNode declared = root.path("parameters");
    if (!declared.isMissingNode()) {
      object(declared, "'parameters'");
      for (Map.Entry<String, JsonNode> entry : fields(declared)) {
        parameters.put(entry.getKey(), parameter(entry.getKey(), entry.getValue()));
      }
    }
    Map<String, JsonNode> options = options(root, "it");
    Recipe recipe = new Recipe(name, required(root, "description", "it"), parameters, options);
    checkNames(recipe);
    return recipe;
  }

  private Parameter parameter(String key, JsonNode node) throws RecipeException {
    String where = "the parameter '%s'".formatted(key);
    if (!key.matches("[A-Za-z][A-Za-z0-9]*")) {
      throw RecipeException.broken(
          "Recipe '%s' must name its parameters with letters and digits, but names one '%s'.",
          name, key);
    }
    object(node, where);
    onlyMembers(node, OF_PARAMETERS, where);
    boolean required = flag(node, "required", where);
    String defaultText = text(node, "default", where);
    if (required && defaultText != null) {
      throw RecipeException.broken(
          "Recipe '%s' has %s with 'required' and 'default', which exclude each other.",
          name, where);
    }
    Map<String, Map<String, String>> choices = choices(node.path("choices"), where);
    if (defaultText != null && !choices.isEmpty() && !choices.containsKey(defaultText)) {
      throw RecipeException.broken(
          "Recipe '%s' has %s whose default '%s' is none of its choices.",
          name, where, defaultText);
    }
    return new Parameter(
        key,
        required(node, "description", where),
        required,
        defaultText,
        flag(node, "secret", where),
        choices,
        options(node, where));
  }

  private Map<String, Map<String, String>> choices(JsonNode node, String where)
      throws RecipeException {
    Map<String, Map<String, String>> choices = new LinkedHashMap<>();
    if (!node.isMissingNode()) {
      object(node, "'choices' of " + where);
      for (Map.Entry<String, JsonNode> choice : fields(node)) {
        object(choice.getValue(), "a choice of " + where);
        Map<String, String> parts = new LinkedHashMap<>();
        fields(choice.getValue())
            .forEach(part -> parts.put(part.getKey(), part.getValue().asText()));
        choices.put(choice.getKey(), parts);
      }
    }
    return choices;
  }

  private Map<String, JsonNode> options(JsonNode node, String where) throws RecipeException {
    Map<String, JsonNode> options = new LinkedHashMap<>();
    JsonNode declared = node.path("options");
    if (!declared.isMissingNode()) {
      object(declared, "'options' of " + where);
      for (Map.Entry<String, JsonNode> option : fields(declared)) {
        if (option.getValue().isNull()) {
          throw RecipeException.broken(
              "Recipe '%s' must give each option a value, but '%s' is null.",
              name, option.getKey());
        }
        options.put(option.getKey(), option.getValue());
      }
    }
    return options;
  }

  /** Each name in an option is a parameter's, and one that is there whenever the option is. */
  private void checkNames(Recipe recipe) throws RecipeException {
    for (Map.Entry<String, JsonNode> option : recipe.options().entrySet()) {
      for (Parameter used : used(recipe, option)) {
        if (used.isOptional()) {
          throw RecipeException.broken(
              "Recipe '%s' has the parameter '%s', which may be left out, in the option '%s'; make it"
                  + " required, give it a default, or move the option into those of the parameter.",
              name, used.name(), option.getKey());
        }
      }
    }
    for (Parameter parameter : recipe.parameters().values()) {
      for (Map.Entry<String, JsonNode> option : parameter.options().entrySet()) {
        used(recipe, option);
      }
    }
  }

  private Collection<Parameter> used(Recipe recipe, Map.Entry<String, JsonNode> option)
      throws RecipeException {
    Map<String, Parameter> used = new LinkedHashMap<>();
    for (String text : Recipe.texts(option.getValue())) {
      for (String found : ParameterText.names(text)) {
        String[] parts = found.split("\\.", 2);
        Parameter parameter = recipe.parameters().get(parts[0]);
        boolean known =
            parameter != null
                && (parts.length == 1
                    || (!parameter.choices().isEmpty()
                        && parameter.choices().values().stream()
                            .allMatch(choice -> choice.containsKey(parts[1]))));
        if (!known || parameter == null) {
          throw RecipeException.broken(
              "Recipe '%s' has '<<%s>>' in the option '%s', but declares only the parameters %s.",
              name, found, option.getKey(), String.join(", ", recipe.parameters().keySet()));
        }
        used.put(parts[0], parameter);
      }
    }
    return used.values();
  }

  private static Collection<Map.Entry<String, JsonNode>> fields(JsonNode object) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    object.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
    return fields.entrySet();
  }

  private void object(JsonNode node, String where) throws RecipeException {
    if (!node.isObject()) {
      throw RecipeException.broken(
          "Recipe '%s' must be a JSON object, but %s is not.", name, where);
    }
  }

  private void onlyMembers(JsonNode object, List<String> allowed, String where)
      throws RecipeException {
    for (Map.Entry<String, JsonNode> member : fields(object)) {
      if (!allowed.contains(member.getKey())) {
        throw RecipeException.broken(
            "Recipe '%s' may hold %s, but %s has '%s'.",
            name, String.join(", ", allowed), where, member.getKey());
      }
    }
  }

  private String required(JsonNode object, String member, String where) throws RecipeException {
    String text = text(object, member, where);
    if (text == null || text.isBlank()) {
      throw RecipeException.broken(
          "Recipe '%s' must have '%s', but %s has none.", name, member, where);
    }
    return text;
  }

  private @Nullable String text(JsonNode object, String member, String where)
      throws RecipeException {
    JsonNode node = object.path(member);
    if (node.isMissingNode()) {
      return null;
    }
    if (!node.isValueNode() || node.isNull()) {
      throw RecipeException.broken(
          "Recipe '%s' must have '%s' as text, but %s has something else.", name, member, where);
    }
    return node.asText();
  }

  private boolean flag(JsonNode object, String member, String where) throws RecipeException {
    JsonNode node = object.path(member);
    if (node.isMissingNode() || node.isBoolean()) {
      return node.asBoolean();
    }
    throw RecipeException.broken(
        "Recipe '%s' must have '%s' as true or false, but %s has something else.",
        name, member, where);
  }
}
