package io.reststream.core.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a lookback does not promise: it must cover lateness and the time of a cycle. A record that
 * came late while a cycle ran, which then went farther beyond it than the lookback, may be missed.
 */
final class Lateness {
  private static final JsonMapper JSON = new JsonMapper();

  private record Cycle(Instant started, long floor) {}

  private final Plan plan;
  private final Map<String, List<Cycle>> cycles = new HashMap<>();

  Lateness(Plan plan) {
    this.plan = plan;
  }

  /** A page was accepted, after which an input has this position. */
  void accepted(String name, String position) {
    if (plan.lateness == 0) {
      return;
    }
    try {
      JsonNode json = JSON.readTree(position);
      if (json.has("offset")) {
        String offset = json.get("offset").textValue();
        boolean time = json.get("kind").textValue().equals("INSTANT");
        long place = time ? Form.ISO.place(offset, 0) : plan.form.place(offset, plan.base);
        cycles
            .computeIfAbsent(name, same -> new ArrayList<>())
            .add(new Cycle(Instant.parse(json.get("started").textValue()), place - plan.lookback));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isExcused(String name, Feed feed, Feed.Item item) {
    Instant late = feed.late().get(item.number());
    return late != null
        && cycles.getOrDefault(name, List.of()).stream()
            .anyMatch(c -> !c.started().isAfter(late) && item.place() <= c.floor());
  }
}
