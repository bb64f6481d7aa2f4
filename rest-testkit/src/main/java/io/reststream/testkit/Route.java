package io.reststream.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path, whose parts in braces take any text, and what answers there. */
record Route(List<String> parts, Responder responder) {

  static Route of(String path, Responder responder) {
    return new Route(List.of(path.split("/", -1)), responder);
  }

  /** The values of the parts in braces; empty if this route is not the way to {@code path}. */
  Optional<Map<String, String>> match(String path) {
    String[] asked = path.split("/", -1);
    if (asked.length != parts.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < asked.length; i++) {
      String part = parts.get(i);
      if (part.startsWith("{")) {
        values.put(part.substring(1, part.length() - 1), asked[i]);
      } else if (!part.equals(asked[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}
