package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputTest {

  @Test
  void inputIsItsContent() {
    Input one = Input.parse("{\"b\": 1, \"a\": [1, {\"z\":1,\"y\":2}]}");
    Input other = Input.parse("{\"a\":[1,{\"y\":2,\"z\":1}],\"b\":1}");
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).hasToString(other.toString());
    assertThat(one.json()).isEqualTo("{\"a\":[1,{\"y\":2,\"z\":1}],\"b\":1}");
    assertThat(one).isNotEqualTo(Input.parse("{\"b\":1}")).isNotEqualTo(null);
    assertThat(Input.parse("{}")).isEqualTo(Input.EMPTY);
  }

  @Test
  void valuesKeepTheirTypeAndAllTheirDigits() {
    String json =
        "{\"big\":123456789012345678901,\"decimal\":12345678901234567.25,\"long\":9007199254740993,"
            + "\"nothing\":null,\"text\":\"é\",\"true\":true}";
    Map<String, Object> values = Input.parse(json).values();
    assertThat(values)
        .containsEntry("big", new BigInteger("123456789012345678901"))
        .containsEntry("decimal", new BigDecimal("12345678901234567.25"))
        .containsEntry("long", 9007199254740993L)
        .containsEntry("nothing", null)
        .containsEntry("text", "é")
        .containsEntry("true", true);
    assertThat(Input.parse(json).json()).isEqualTo(json);
    assertThat(Input.of(values)).isEqualTo(Input.parse(json));
    assertThatThrownBy(() -> values.put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void valuesAreThoseThatAreReadAgain() {
    Map<String, Object> given = new HashMap<>();
    given.put("small", 5L);
    given.put("least", (long) Integer.MIN_VALUE);
    given.put("long", Integer.MAX_VALUE + 1L);
    given.put("big", BigInteger.TWO);
    given.put("bigger", BigInteger.valueOf(Long.MAX_VALUE));
    given.put("biggest", BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE));
    given.put("text", new StringBuilder("a"));
    given.put("yes", true);
    given.put("none", null);

    Input input = Input.of(given);

    assertThat(input.values()).isEqualTo(Input.parse(input.json()).values());
  }

  @Test
  void mapsWithinAreSortedToo() {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("z", 1);
    inner.put("a", Arrays.asList(null, "x"));
    assertThat(Input.of(Map.of("k", inner)).json())
        .isEqualTo("{\"k\":{\"a\":[null,\"x\"],\"z\":1}}");
  }

  @Test
  void aNumberWithAPointIsTheSameInputWhenItIsReadAgain() {
    for (Object value : List.of(12345678.0, 1.0E10, 1.0E-4, 5.0, 0.1f, List.of(1.5E9))) {
      Input input = Input.of(Map.of("x", value));
      assertThat(Input.parse(input.json())).isEqualTo(input);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "5", "\"a\"", "{\"a\":1", "{} {}"})
  void otherTextIsNoInput(String json) {
    assertThatThrownBy(() -> Input.parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An input must be a JSON object, but was " + json);
  }

  @Test
  void survivesSerialization() throws Exception {
    Input input = Input.of(Map.of("a", List.of(1, 2)));
    input.values();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(input);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Input copy = (Input) in.readObject();
      assertThat(copy).isEqualTo(input);
      assertThat(copy.values()).isEqualTo(input.values());
    }
  }
}
