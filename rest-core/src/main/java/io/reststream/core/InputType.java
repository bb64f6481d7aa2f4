package io.reststream.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;

/** What the values of a column of the inputs have in common; engines give it their own type. */
public enum InputType {
  BOOLEAN,
  /** Whole numbers of 64 bits. */
  WHOLE,
  /** Numbers, of which whole ones are held exactly by a double. */
  FRACTION,
  /** Text as it is, everything else as its JSON. */
  TEXT;

  private static final JsonMapper JSON = new JsonMapper();

  /** The narrowest type that holds all values of a column; text where it has none. */
  public static InputType of(List<Input> inputs, String column) {
    List<Object> values =
        inputs.stream()
            .<Object>mapMulti(
                (input, kept) -> {
                  Object value = input.values().get(column);
                  if (value != null) {
                    kept.accept(value);
                  }
                })
            .toList();
    if (values.isEmpty()) {
      return TEXT;
    }
    for (InputType type : values()) {
      if (values.stream().allMatch(type::holds)) {
        return type;
      }
    }
    return TEXT;
  }

  /** Whether a value of an input is one of this type. */
  public boolean holds(Object value) {
    return switch (this) {
      case BOOLEAN -> value instanceof Boolean;
      case WHOLE -> isWhole(value);
      case FRACTION -> isFraction(value);
      case TEXT -> true;
    };
  }

  private static boolean isWhole(Object value) {
    return value instanceof Long || value instanceof Integer;
  }

  /** Fractions are always rounded a little; whole numbers must not be. */
  private static boolean isFraction(Object value) {
    if (value instanceof BigInteger || isWhole(value)) {
      BigDecimal exact = new BigDecimal(value.toString());
      double rounded = exact.doubleValue();
      return Double.isFinite(rounded) && new BigDecimal(rounded).compareTo(exact) == 0;
    }
    return value instanceof BigDecimal || value instanceof Double;
  }

  /** A value of an input as text: text as it is, everything else as its JSON. */
  public static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    try {
      return Objects.requireNonNull(JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An input holds JSON values only, but had " + value, e);
    }
  }
}
