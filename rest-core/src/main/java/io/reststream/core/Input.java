package io.reststream.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code inputData}: the values that fill the placeholders of a request. An input is its
 * content: two inputs with the same columns and values are equal, wherever they stand in the list.
 *
 * <pre>{@code
 * Input input = Input.parse("{\"tenant\": \"a\", \"region\": \"eu\"}");
 * input.values().get("tenant"); // "a"
 * }</pre>
 */
public final class Input implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();
  private static final TypeReference<TreeMap<String, @Nullable Object>> ROW =
      new TypeReference<>() {};

  /** The input of a stream that was given none. */
  public static final Input EMPTY = new Input("{}");

  private final String json;

  /** Tells equal inputs apart that are asked at the same time; 0 in every position. */
  private final int copy;

  private transient volatile @Nullable Map<String, @Nullable Object> values;

  private Input(String json) {
    this(json, 0);
  }

  private Input(String json, int copy) {
    this.json = json;
    this.copy = copy;
  }

  /** The same values as an input of its own, beside others of the same values. */
  Input copy(int number) {
    Input one = new Input(json, number);
    one.values = values;
    return one;
  }

  /**
   * Reads an input from a JSON object.
   *
   * @throws IllegalArgumentException if the text is not a JSON object
   */
  public static Input parse(String json) {
    return of(read(json));
  }

  /** An input of these values: text, numbers, booleans, null, and lists and maps of them. */
  public static Input of(Map<String, ? extends @Nullable Object> values) {
    try {
      TreeMap<String, @Nullable Object> row = new TreeMap<>(values);
      String json = JSON.writeValueAsString(row);
      if (row.values().stream().allMatch(Input::isPlain)) {
        Input input = new Input(json);
        row.replaceAll((column, value) -> asRead(value));
        input.values = Collections.unmodifiableMap(row);
        return input;
      }
      // A number with a point has several forms, of which the one that is read again is the
      // input's.
      return new Input(JSON.writeValueAsString(new TreeMap<>(read(json))));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("An input cannot hold " + values, e);
    }
  }

  private static boolean isPlain(@Nullable Object value) {
    return value == null
        || value instanceof CharSequence
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof BigInteger;
  }

  /** What a plain value is when it was written and read again. */
  private static @Nullable Object asRead(@Nullable Object value) {
    if (value instanceof BigInteger whole && whole.bitLength() < Long.SIZE) {
      return asRead(whole.longValue());
    }
    if (value instanceof Long whole && whole == whole.intValue()) {
      return whole.intValue();
    }
    return value instanceof CharSequence text ? text.toString() : value;
  }

  private static Map<String, @Nullable Object> read(String json) {
    try {
      Map<String, @Nullable Object> row = JSON.readValue(json, ROW);
      if (row == null) {
        throw new IllegalArgumentException("An input must be a JSON object, but was null");
      }
      return row;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("An input must be a JSON object, but was " + json, e);
    }
  }

  /** The canonical JSON text: columns by name. It is what makes the input the one it is. */
  public String json() {
    return json;
  }

  /**
   * The values by column: text, {@code Integer}, {@code Long}, {@code BigInteger}, {@code
   * BigDecimal}, {@code Boolean}, lists and maps, or null.
   */
  public Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> read = values;
    if (read == null) {
      read = Collections.unmodifiableMap(read(json));
      values = read;
    }
    return read;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Input input && input.copy == copy && input.json.equals(json);
  }

  @Override
  public int hashCode() {
    return 31 * json.hashCode() + copy;
  }

  @Override
  public String toString() {
    return json;
  }
}
