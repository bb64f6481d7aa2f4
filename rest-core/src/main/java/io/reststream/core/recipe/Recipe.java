package io.reststream.core.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options that an API needs, written down once, with parameters for what differs.
 *
 * <pre>{@code
 * {
 *   "description": "The orders of a shop.",
 *   "parameters": {
 *     "shop": {"description": "The shop's name.", "required": true},
 *     "token": {
 *       "description": "The access token.",
 *       "secret": true,
 *       "options": {"header.X-Access-Token": "<<token>>"}
 *     }
 *   },
 *   "options": {
 *     "url": "https://<<shop>>.example.com/orders?since={updated_at}",
 *     "offsetType": "max_field",
 *     "offsetField": "updated_at"
 *   }
 * }
 * }</pre>
 *
 * <p>An option is text, a number or a boolean, or JSON that is written as text. A parameter is
 * required, has a default, or may be left out; the last may stand in its own options alone, which
 * are set only where it is given.
 *
 * @param name by which it was asked for
 * @param description what it reads, in a sentence or two
 * @param parameters what it has to be told, by name
 * @param options what it sets, by key
 */
public record Recipe(
    String name,
    String description,
    Map<String, Parameter> parameters,
    Map<String, JsonNode> options) {
  private static final String URL = "url";

  /**
   * The options that it sets.
   *
   * @param given the parameters' values by name; checked by then
   * @throws RecipeException if an option needs a parameter that is not given
   */
  public List<Setting> settings(Map<String, String> given) throws RecipeException {
    Map<String, String> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters.values()) {
      String value = given.getOrDefault(parameter.name(), parameter.defaultText());
      if (value != null) {
        values.put(parameter.name(), value);
        parameter
            .choices()
            .getOrDefault(value, Map.of())
            .forEach((part, text) -> values.put(parameter.name() + "." + part, text));
      }
    }
    List<Setting> settings = new ArrayList<>();
    Map<String, JsonNode> set = new LinkedHashMap<>(options);
    for (Parameter parameter : parameters.values()) {
      if (values.containsKey(parameter.name())) {
        set.putAll(parameter.options());
      }
    }
    for (Map.Entry<String, JsonNode> option : set.entrySet()) {
      settings.add(setting(option.getKey(), option.getValue(), values));
    }
    return settings;
  }

  private Setting setting(String key, JsonNode value, Map<String, String> values)
      throws RecipeException {
    Set<String> used = new LinkedHashSet<>();
    for (String text : texts(value)) {
      for (String found : ParameterText.names(text)) {
        String parameter = found.split("\\.", 2)[0];
        if (!values.containsKey(found)) {
          throw RecipeException.broken(
              "Recipe '%s' needs the parameter '%s' for its option '%s': set 'recipe.%s'.",
              name, parameter, key, parameter);
        }
        used.add(parameter);
      }
    }
    JsonNode filled = filled(value, values, key.equals(URL));
    String text = filled.isContainerNode() ? filled.toString() : filled.asText();
    return new Setting(key, text, used);
  }

  private static JsonNode filled(JsonNode value, Map<String, String> values, boolean url) {
    if (value instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      object
          .fields()
          .forEachRemaining(
              field -> copy.set(field.getKey(), filled(field.getValue(), values, url)));
      return copy;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(element -> copy.add(filled(element, values, url)));
      return copy;
    }
    return value.isTextual()
        ? TextNode.valueOf(ParameterText.filled(value.asText(), values, url))
        : value;
  }

  /** The texts in an option's value, its own or those within. */
  static List<String> texts(JsonNode value) {
    if (!value.isContainerNode()) {
      return List.of(value.asText());
    }
    List<String> texts = new ArrayList<>();
    value.forEach(child -> texts.addAll(texts(child)));
    return texts;
  }
}
