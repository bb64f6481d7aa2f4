package io.reststream.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link RestStream} goes on from.
 *
 * @param positions where each input stands
 * @param rest the records of the last page that were not yet given
 */
record StreamCheckpoint(Map<Input, Position> positions, List<byte[]> rest) {
  private static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("v", VERSION);
    ArrayNode inputs = json.putArray("inputs");
    positions.forEach(
        (input, position) ->
            inputs.addObject().put("input", input.json()).put("position", position.json()));
    ArrayNode records = json.putArray("rest");
    rest.forEach(record -> records.add(new String(record, StandardCharsets.UTF_8)));
    return json.toString();
  }

  static StreamCheckpoint parse(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      int version = json.required("v").intValue();
      if (version > VERSION) {
        throw new PositionException(
            "The checkpoint has version %d, written by a newer release; this one reads up to %d."
                .formatted(version, VERSION));
      }
      Map<Input, Position> positions = new LinkedHashMap<>();
      for (JsonNode entry : json.required("inputs")) {
        positions.put(
            Input.parse(entry.required("input").textValue()),
            Position.parse(entry.required("position").textValue()));
      }
      List<byte[]> rest = new ArrayList<>();
      json.required("rest")
          .forEach(record -> rest.add(record.textValue().getBytes(StandardCharsets.UTF_8)));
      return new StreamCheckpoint(positions, rest);
    } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
      throw new PositionException("The text is not a checkpoint of a stream.", e);
    }
  }
}
