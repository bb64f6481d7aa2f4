package io.reststream.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reststream.core.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code inputData}.
 *
 * @param inputs the rows, all different; one empty input when none were given
 * @param columns their columns, in the order in which they first appear
 */
record InputData(List<Input> inputs, List<String> columns) {
  private static final int SHOWN = 80;
  private static final String EXAMPLE = "[{\"tenant\": \"a\"}]";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /**
   * Reads the rows; null where the text holds none at all.
   *
   * @param elsewhere the columns of inputs that come from elsewhere; null where the text holds them
   */
  static @Nullable InputData parse(
      @Nullable String text, @Nullable List<String> elsewhere, ConfigProblems problems) {
    if (elsewhere != null) {
      if (text != null) {
        problems.add("Option 'inputData' has no meaning where the inputs are the rows of a table.");
      }
      return new InputData(List.of(), List.copyOf(elsewhere));
    }
    if (text == null) {
      return new InputData(List.of(Input.EMPTY), List.of());
    }
    JsonNode rows;
    try {
      rows = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      problems.add(
          "Option 'inputData' must be a JSON array of objects such as %s, but is not JSON at line %d,"
              + " column %d: '%s'.",
          EXAMPLE, e.getLocation().getLineNr(), e.getLocation().getColumnNr(), shortened(text));
      return null;
    }
    if (!rows.isArray() || rows.isEmpty()) {
      problems.add(
          "Option 'inputData' must be a JSON array of one or more objects such as %s, but was '%s'.",
          EXAMPLE, shortened(text));
      return null;
    }
    return of(rows, problems);
  }

  private static InputData of(JsonNode rows, ConfigProblems problems) {
    List<Input> inputs = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>();
    Map<Input, Integer> seen = new HashMap<>();
    int number = 0;
    for (JsonNode row : rows) {
      number++;
      if (!row.isObject()) {
        problems.add(
            "Option 'inputData' must hold objects only, but row %d is '%s'.",
            number, shortened(row.toString()));
        continue;
      }
      Input input = Input.parse(row.toString());
      Integer earlier = seen.putIfAbsent(input, number);
      if (earlier != null) {
        problems.add(
            "Option 'inputData' must hold each input once, but rows %d and %d are both '%s'.",
            earlier, number, shortened(row.toString()));
      }
      inputs.add(input);
      row.fieldNames().forEachRemaining(columns::add);
    }
    return new InputData(List.copyOf(inputs), List.copyOf(columns));
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
