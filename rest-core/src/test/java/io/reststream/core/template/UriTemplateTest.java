package io.reststream.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {

  @Test
  void expandsThePlaceholdersOfAUrl() {
    UriTemplate url = UriTemplate.parse("https://h/p/{tenant}?since={offset}");

    assertThat(url.expand(Placeholders.of(Map.of("tenant", "acme", "offset", 42))))
        .isEqualTo("https://h/p/acme?since=42");
  }

  @Test
  void aTemplateWithoutPlaceholdersIsItself() {
    String url = "https://user@h:8080/a;b/c,d?x=1&y[gte]=(2)&z='3'&t=12:00*!$+@#part";

    assertThat(expand(url, null)).isEqualTo(url);
    assertThat(expand("", null)).isEmpty();
  }

  @Test
  void namesAreDistinctAndInOrder() {
    assertThat(UriTemplate.parse("/{b}/{a}{?c,b,meta.next*,d:3}#{a}").names())
        .containsExactly("b", "a", "c", "meta.next", "d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"offset", "meta.next", "a.b.c", "_x", "0", "gr%C3%B6%C3%9Fe", "A1_b"})
  void aNameIsAnythingThatTheRfcAllows(String name) {
    UriTemplate url = UriTemplate.parse("/{" + name + "}{?" + name + "}");

    assertThat(url.names()).containsExactly(name);
    assertThat(url.expand(Placeholders.of(Map.of(name, "v")))).isEqualTo("/v?" + name + "=v");
  }

  @Test
  void anUndefinedValueIsLeftOutAndAnEmptyOneIsWritten() {
    assertThat(expand("/a{?x}", null)).isEqualTo("/a");
    assertThat(expand("/a?x={x}", null)).isEqualTo("/a?x=");
    assertThat(expand("/a{?x}", "")).isEqualTo("/a?x=");
    assertThat(expand("/a{;x}", "")).isEqualTo("/a;x");
    assertThat(expand("/a{/x}", "")).isEqualTo("/a/");
    assertThat(expand("/a{/x}", null)).isEqualTo("/a");
    assertThat(expand("/a{#x}", "")).isEqualTo("/a#");
  }

  @Test
  void aListOrMapWithoutDefinedMembersIsUndefined() {
    assertThat(expand("/a{?x}", List.of())).isEqualTo("/a");
    assertThat(expand("/a{?x*}", Map.of())).isEqualTo("/a");
    assertThat(expand("/a{?x}", Arrays.asList(null, null))).isEqualTo("/a");
    assertThat(expand("/a{?x}", Collections.singletonMap("k", null))).isEqualTo("/a");
  }

  @Test
  void undefinedMembersAreLeftOutOfListsAndMaps() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", null);
    map.put("b", "");
    map.put("c", 1);

    assertThat(expand("{?x*}", Arrays.asList(null, "1", null, ""))).isEqualTo("?x=1&x=");
    assertThat(expand("{x}", Arrays.asList("", "1", null))).isEqualTo(",1");
    assertThat(expand("{?x*}", map)).isEqualTo("?b=&c=1");
    assertThat(expand("{;x*}", map)).isEqualTo(";b;c=1");
    assertThat(expand("{x*}", map)).isEqualTo("b=,c=1");
    assertThat(expand("{?x}", map)).isEqualTo("?x=b,,c,1");
  }

  @ParameterizedTest
  @CsvSource({
    "é, %C3%A9",
    "€, %E2%82%AC",
    "中文, %E4%B8%AD%E6%96%87",
    "😀, %F0%9F%98%80",
    "a b, a%20b",
    "100%, 100%25",
    "%2F, %252F",
    "a+b, a%2Bb",
    "-._~, -._~",
    "2024-01-01T00:00:00+02:00, 2024-01-01T00%3A00%3A00%2B02%3A00",
  })
  void valuesAreEncodedAsUtf8(String value, String encoded) {
    assertThat(expand("{x}", value)).isEqualTo(encoded);
    assertThat(expand("{?x}", value)).isEqualTo("?x=" + encoded);
  }

  @Test
  void reservedExpansionPassesReservedCharactersAndTriplets() {
    assertThat(expand("{+x}", "/a?b=c&d=%2F%e9#e")).isEqualTo("/a?b=c&d=%2F%e9#e");
    assertThat(expand("{#x}", "é %zz%")).isEqualTo("#%C3%A9%20%25zz%25");
  }

  @ParameterizedTest
  @CsvSource({
    "{x:2}, aéb, a%C3%A9",
    "{x:1}, 😀😀, %F0%9F%98%80",
    "{x:2}, %2F, %252",
    "{+x:1}, %2Fa, %2F",
    "{+x:2}, %2Fab, %2Fa",
    "{+x:1}, %C3%A9a, %C3%A9",
    "{+x:2}, %F0%9F%98%80%41b, %F0%9F%98%80%41",
    "{+x:1}, %é, %25",
    "{x:9999}, abc, abc",
    "{?x:1}, abc, ?x=a",
  })
  void aPrefixCountsCharactersAndSplitsNone(String template, String value, String expansion) {
    assertThat(expand(template, value)).isEqualTo(expansion);
  }

  @Test
  void aPrefixOfANumberCountsItsDigits() {
    assertThat(expand("{x:2}", 1234)).isEqualTo("12");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{x:2}", "{?x:2}"})
  void aPrefixOfAListOrMapIsRefused(String template) {
    assertThatThrownBy(() -> expand(template, List.of("abc")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Placeholder 'x' must be a single value, since 'x:2' takes its first characters,"
                + " but is a list.");
    assertThatThrownBy(() -> expand(template, Map.of("k", "abc")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("but is a map.");
  }

  static List<List<Object>> numbers() {
    return List.of(
        List.of(0, "0"),
        List.of(-7, "-7"),
        List.of(Long.MAX_VALUE, "9223372036854775807"),
        List.of(new BigInteger("123456789012345678901234567890"), "123456789012345678901234567890"),
        List.of(new BigDecimal("1E+20"), "100000000000000000000"),
        List.of(new BigDecimal("1.50"), "1.50"),
        List.of(new BigDecimal("1E-10"), "0.0000000001"),
        List.of(new BigDecimal("1E+999999999"), "1E%2B999999999"),
        List.of(1e21, "1000000000000000000000"),
        List.of(0.1, "0.1"),
        List.of(0.1f, "0.1"),
        List.of((byte) 1, "1"),
        List.of(new AtomicLong(5), "5"));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void numbersAreExactAndWithoutExponent(List<Object> numberAndText) {
    assertThat(expand("{x}", numberAndText.get(0))).isEqualTo(numberAndText.get(1));
  }

  @Test
  void booleansAreWritten() {
    assertThat(expand("{?x}", true)).isEqualTo("?x=true");
  }

  @Test
  void valuesThatHaveNoTextAreRefused() {
    assertThatThrownBy(() -> expand("{x}", new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Placeholder 'x' must be a string, number or boolean, or a list or map of these,"
                + " but holds a java.lang.Object.");
    assertThatThrownBy(() -> expand("{x}", List.of(List.of(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Placeholder 'x' must be a string, number or boolean");
    assertThatThrownBy(() -> expand("{x}", new HashMap<>(Collections.singletonMap(null, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("but holds null.");
    assertThatThrownBy(() -> expand("{x}", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Placeholder 'x' must be a finite number, but is NaN.");
    assertThatThrownBy(() -> expand("{x}", "ab\uD83D"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Placeholder 'x' must be well-formed text,"
                + " but holds half of a surrogate pair at index 2.");
  }

  @Test
  void textOutsideOfBracesIsEncodedWhereAUriCannotHoldIt() {
    assertThat(expand("/é/%C3%A9?$filter=a gt {x}&q=\"<|>\"", 5))
        .isEqualTo("/%C3%A9/%C3%A9?$filter=a%20gt%205&q=%22%3C%7C%3E%22");
    assertThat(expand("/😀{x}", 5)).isEqualTo("/%F0%9F%98%805");
  }

  @Test
  void placeholdersKeepTheValuesThatTheyWereMadeOf() {
    Map<String, Object> map = new HashMap<>(Map.of("x", 1));
    Placeholders values = Placeholders.of(map);
    map.put("x", 2);

    assertThat(UriTemplate.parse("{x}{y}").expand(values)).isEqualTo("1");
  }

  @Test
  void survivesSerialization() throws Exception {
    UriTemplate url = UriTemplate.parse("https://h/{a}{/b*}?c={c:3}{&d}");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(url);
    }
    UriTemplate copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (UriTemplate) in.readObject();
    }

    Placeholders values =
        Placeholders.of(Map.of("a", "1", "b", List.of("2", "3"), "c", "4567", "d", "8"));
    assertThat(copy).isEqualTo(url).hasSameHashCodeAs(url);
    assertThat(copy.expand(values)).isEqualTo("https://h/1/2/3?c=456&d=8");
  }

  @Test
  void toStringLeavesTheQueryOut() {
    assertThat(UriTemplate.parse("https://h/{a}?key=secret&b={b}"))
        .hasToString("https://h/{a}?...");
    assertThat(UriTemplate.parse("https://h/{a}{?b}&key=secret")).hasToString("https://h/{a}?...");
    assertThat(UriTemplate.parse("https://h/{a}")).hasToString("https://h/{a}");
  }

  private static String expand(String template, Object x) {
    return UriTemplate.parse(template).expand(name -> name.equals("x") ? x : null);
  }

  @Test
  void aParameterMayHaveAnotherNameThanItsVariable() {
    UriTemplate url = UriTemplate.parse("/a{?limit=n,created%5Bgte%5D=t:epochSeconds}{&after=x*}");

    assertThat(url.names()).containsExactly("n", "t", "x");
    assertThat(
            url.expand(Placeholders.of(Map.of("n", 5, "t", "1970-01-02", "x", List.of("p", "q")))))
        .isEqualTo("/a?limit=5&created%5Bgte%5D=86400&after=p&after=q");
    assertThat(url.expand(name -> null)).isEqualTo("/a");
  }
}
