package io.reststream.core.recipe;

import java.util.Set;

/**
 * An option that a recipe sets.
 *
 * @param key the option
 * @param text its text, the parameters' values in it
 * @param parameters the names of the parameters that stand in it
 */
public record Setting(String key, String text, Set<String> parameters) {}
