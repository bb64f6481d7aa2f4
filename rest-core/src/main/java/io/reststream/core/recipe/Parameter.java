package io.reststream.core.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a recipe has to be told, or may be.
 *
 * @param name as in {@code recipe.name}
 * @param description what it is, in a sentence
 * @param required whether there is no recipe without it
 * @param defaultText what stands for one that is not given; null if there is none
 * @param secret whether its value must never be shown
 * @param choices the values that it may have, each with the texts that it stands for; none if it
 *     may be any text
 * @param options what the recipe sets only where this is given
 */
public record Parameter(
    String name,
    String description,
    boolean required,
    @Nullable String defaultText,
    boolean secret,
    Map<String, Map<String, String>> choices,
    Map<String, JsonNode> options) {

  /** Whether it may be left out and then has no value. */
  public boolean isOptional() {
    return !required && defaultText == null;
  }
}
