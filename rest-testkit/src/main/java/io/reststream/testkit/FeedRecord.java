package io.reststream.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A record that a {@link Feed} has published: its place in the feed and its exact JSON text.
 *
 * <p>The text is served byte for byte as it was appended, so that odd number forms, ids beyond 2^53
 * and the order of keys survive. Usually a JSON object; a positional array works as well.
 */
public final class FeedRecord {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private final String feed;
  private final long number;
  private final String json;
  private final JsonNode tree;
  private final Map<String, Optional<FieldValue>> values = new ConcurrentHashMap<>(2);

  FeedRecord(String feed, long number, String json) {
    this.feed = feed;
    this.number = number;
    this.json = json;
    this.tree = parse(json);
  }

  /** The name of the feed; empty for the API's default feed. */
  public String feed() {
    return feed;
  }

  /** The record's place in its feed, from 1; also the {@code id} of an event that the feed made. */
  public long number() {
    return number;
  }

  /** The exact text. */
  public String json() {
    return json;
  }

  /** The exact bytes, in UTF-8. */
  public byte[] bytes() {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The value at {@code path}: {@code ts}, {@code meta.ts}, {@code /meta/ts}; {@code 3} or {@code
   * /3} in an array.
   */
  Optional<FieldValue> value(String path) {
    return values.computeIfAbsent(path, this::extract);
  }

  private Optional<FieldValue> extract(String path) {
    JsonNode node = tree;
    for (String step : Envelope.steps(path)) {
      node = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
    }
    return node.isMissingNode() || node.isNull()
        ? Optional.empty()
        : Optional.of(FieldValue.of(node));
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A record must be JSON text, but was: " + json, e);
    }
  }

  /** The exact texts of {@code records}. */
  public static List<String> texts(List<FeedRecord> records) {
    return records.stream().map(FeedRecord::json).toList();
  }

  @Override
  public String toString() {
    return json;
  }
}
