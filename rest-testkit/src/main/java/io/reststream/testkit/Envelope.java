package io.reststream.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds the JSON object around the records from JSON texts at dotted places, in call order. */
final class Envelope {

  private final Map<String, Object> root = new LinkedHashMap<>();

  /** The steps of a path: {@code a.b} and {@code /a/b} are the same two. */
  static List<String> steps(String path) {
    return path.startsWith("/")
        ? List.of(path.substring(1).split("/", -1))
        : List.of(path.split("\\.", -1));
  }

  void put(String path, String json) {
    List<String> steps = steps(path);
    Map<String, Object> object = root;
    for (String step : steps.subList(0, steps.size() - 1)) {
      object = child(object, step);
    }
    object.put(steps.get(steps.size() - 1), json);
  }

  @SuppressWarnings("unchecked") // only this class puts maps into the map
  private static Map<String, Object> child(Map<String, Object> object, String name) {
    return (Map<String, Object>) object.computeIfAbsent(name, key -> new LinkedHashMap<>());
  }

  String json() {
    return json(root);
  }

  private static String json(Object value) {
    return value instanceof Map<?, ?> object
        ? object.entrySet().stream()
            .map(member -> "\"" + member.getKey() + "\":" + json(member.getValue()))
            .collect(Collectors.joining(",", "{", "}"))
        : (String) value;
  }
}
