package io.reststream.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
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
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static InputData parse(@Nullable String text, ConfigProblems problems) {
    InputData none = new InputData(List.of(Input.EMPTY), List.of());
    if (text == null) {
      return none;
    }
    JsonNode rows;
    try {
      rows = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      rows = null;
    }
    if (rows == null || !rows.isArray() || rows.isEmpty()) {
      problems.add(
          "Option 'inputData' must be a JSON array of objects such as [{\"tenant\": \"a\"}], but was"
              + " '%s'.",
          shortened(text));
      return none;
    }
    List<Input> inputs = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>();
    Map<Input, Integer> seen = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = rows.get(i);
      if (!row.isObject()) {
        problems.add(
            "Option 'inputData' must hold objects only, but element %d is '%s'.",
            i, shortened(row.toString()));
        continue;
      }
      Input input = Input.parse(row.toString());
      Integer earlier = seen.putIfAbsent(input, i);
      if (earlier != null) {
        problems.add(
            "Option 'inputData' holds the same input twice, as elements %d and %d: '%s'.",
            earlier, i, shortened(row.toString()));
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
