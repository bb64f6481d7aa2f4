package io.reststream.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.template.BodyTemplate.Form;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTemplateTest {

  @Test
  void aPlaceholderWithinAJsonStringStaysText() {
    BodyTemplate body = BodyTemplate.parse("{\"id\": \"{id}\", \"q\": \"a {q} b\"}", Form.JSON);

    assertThat(body.names()).containsExactly("id", "q");
    assertThat(body.expand(Placeholders.of(Map.of("id", 42, "q", "say \"hi\"\\\n\0é"))))
        .isEqualTo("{\"id\": \"42\", \"q\": \"a say \\\"hi\\\"\\\\\\n\\u0000é b\"}");
  }

  @Test
  void withinAJsonStringUndefinedIsEmptyAndAListIsJoined() {
    assertThat(json("[\"<{x}>\"]", null)).isEqualTo("[\"<>\"]");
    assertThat(json("[\"<{x}>\"]", List.of("a\"", 1))).isEqualTo("[\"<a\\\",1>\"]");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "0, 0",
        "-12, -12",
        "9007199254740993, 9007199254740993",
        "1.50, 1.50",
        "1e5, 1e5",
        "1E-5, 1E-5",
        "-0.1e+7, -0.1e+7",
        "007, \"007\"",
        "+1, \"+1\"",
        "1., \"1.\"",
        ".5, \".5\"",
        "1e, \"1e\"",
        "1e+, \"1e+\"",
        "-, \"-\"",
        "` 1`, `\" 1\"`",
        "0x1F, \"0x1F\"",
        "NaN, \"NaN\"",
        "１２, \"１２\"",
        "``, \"\"",
        "true, \"true\"",
        "null, \"null\"",
        "2024-01-01, \"2024-01-01\"",
        "`1,\"admin\":true`, `\"1,\\\"admin\\\":true\"`",
      })
  void textForAWholeValueIsANumberOnlyIfJsonSaysSo(String text, String written) {
    assertThat(json("{\"since\": {x}}", text)).isEqualTo("{\"since\": " + written + "}");
  }

  @Test
  void aWholeValueIsWrittenAsJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a\"", Arrays.asList(1, "2", null, true, new BigDecimal("1E+3")));
    map.put("b", Map.of());
    map.put("c", List.of());
    map.put("d", null);

    assertThat(json("[{x}]", 42)).isEqualTo("[42]");
    assertThat(json("[{x}]", true)).isEqualTo("[true]");
    assertThat(json("[{x}]", null)).isEqualTo("[null]");
    assertThat(json("[{x}]", new BigDecimal("1E+3"))).isEqualTo("[1000]");
    assertThat(json("{x}", map))
        .isEqualTo("{\"a\\\"\":[1,\"2\",null,true,1000],\"b\":{},\"c\":[],\"d\":null}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`{\"a\": {x}}` | `{}`",
        "`{\"a\":{x}, \"b\":1}` | `{\"b\":1}`",
        "`{\"b\":1 , \"a\" : {x} }` | `{\"b\":1  }`",
        "`{\"b\":1,\"a\":{x},\"c\":2}` | `{\"b\":1,\"c\":2}`",
        "`{\"a\":{x},\"b\":{x}}` | `{}`",
        "`{\"c\":1,\"a\":{x},\"b\":{x}}` | `{\"c\":1}`",
        "`{\"a\":\"{x}\",\"b\":[{\"c\":{x}}]}` | `{\"b\":[{}]}`",
        "`{\"a\\\"\":{x}}` | `{}`",
        "`{\"a\":[{x}],\"b\":\"-{x}\"}` | `{\"a\":[null],\"b\":\"-\"}`",
        "`{\"{y}a\":{x}}` | `{\"1a\":null}`",
        "`{\"a\":{z},\"b\":\"{z}\"}` | `{\"a\":null,\"b\":\"\"}`",
        "`{\"a\":{y},\"b\":\"{y}\"}` | `{\"a\":1,\"b\":\"1\"}`",
        "`{x}` | `null`",
      })
  void aMemberWhoseWholeValueIsUndefinedIsLeftOutWhereItMayBe(String template, String written) {
    BodyTemplate body = BodyTemplate.parse(template, Form.JSON);

    assertThat(body.expand(Placeholders.of(Map.of("y", 1)), "x"::equals)).isEqualTo(written);
  }

  @Test
  void aNumberOfForeignKindIsANumberOnlyIfJsonSaysSo() {
    assertThat(json("[{x}]", new Half("0.5"))).isEqualTo("[0.5]");
    assertThat(json("[{x}]", new Half("1/2"))).isEqualTo("[\"1/2\"]");
    assertThat(json("{x}", List.of(new Half("1,2")))).isEqualTo("[\"1,2\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"a\":1}",
        "{\"a\":{\"b\":{}}}",
        "{\"query\": \"query { user(id: 1) { name } }\"}",
        "{\"query\": \"{user{name,id}}\"}",
        "{\"t\": \"{?x} {x*} {x:3}\"}",
        "{\"t\": \"\\u007bx}\"}",
        "\"}{\"",
        " 1 ",
      })
  void jsonsOwnBracesAreText(String body) {
    BodyTemplate template = BodyTemplate.parse(body, Form.JSON);

    assertThat(template.names()).isEmpty();
    assertThat(template.expand(name -> "value")).isEqualTo(body);
  }

  @Test
  void quotesAndBackslashesBeforeAPlaceholderAreUnderstood() {
    assertThat(json("{\"a\\\"\": {x}, \"b\\\\\": \"{x}\"}", 1))
        .isEqualTo("{\"a\\\"\": 1, \"b\\\\\": \"1\"}");
    assertThat(json("{\"{x}\": {x}}", "k")).isEqualTo("{\"k\": \"k\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{\"since\": {offset}",
        "{\"since\": {offset}}}",
        "{\"a\": 1,}",
        "{a: 1}",
        "{\"a\": {x y}}",
        "{{x}: 1}",
        "[-{x}]",
        "[1{x}]",
        "[{x}1]",
        "[{x}{y}]",
        "[tru{x}]",
        "[{x}true]",
        "[\"a\"{x}]",
        "{x}{y}",
        "{x} {y}",
        "12{x}",
        "[\"\\{x}\"]",
        "[\"\\u00{x}41\"]",
        "[\"\\u{x}\"]",
        "[\"\n\"]",
        "hello {x}",
        "a={x}&b={y}",
      })
  void aBodyThatWouldNotBeJsonIsRefused(String body) {
    assertThatThrownBy(() -> BodyTemplate.parse(body, Form.JSON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "The body must be one JSON value, where a placeholder stands within a string"
                + " (\"{name}\") or for a value ({name}), but at line ");
  }

  @Test
  void anErrorOfAJsonBodySaysTheLineAndTheProblem() {
    String rule =
        "The body must be one JSON value, where a placeholder stands within a string (\"{name}\")"
            + " or for a value ({name}), but at line ";

    assertThatThrownBy(() -> BodyTemplate.parse("", Form.JSON)).hasMessage(rule + "1: it is empty");
    assertThatThrownBy(() -> BodyTemplate.parse("{}\n{x}", Form.JSON))
        .hasMessage(rule + "2: a second value follows the first");
    assertThatThrownBy(
            () -> BodyTemplate.parse("{\n\"password\": \"secret\",\n\"a\" 1}", Form.JSON))
        .hasMessageStartingWith(rule + "3: ")
        .hasMessageNotContaining("secret")
        .hasStackTraceContaining("was expecting a colon")
        .satisfies(e -> assertThat(e.getCause()).message().doesNotContain("secret"));
  }

  @Test
  void formValuesAreFormEncoded() {
    BodyTemplate body = BodyTemplate.parse("grant={a}&b={b}&c=%20{c}", Form.FORM);

    assertThat(body.expand(Placeholders.of(Map.of("a", "x&admin=1 é+%", "b", List.of("1", "2")))))
        .isEqualTo("grant=x%26admin%3D1+%C3%A9%2B%25&b=1%2C2&c=%20");
  }

  @Test
  void textIsPutInAsItIs() {
    BodyTemplate body = BodyTemplate.parse("<a b=\"{}\">{x}</a>\n{ y }{z}", Form.TEXT);

    assertThat(body.names()).containsExactly("x", "z");
    assertThat(body.expand(Placeholders.of(Map.of("x", "1 & é\n"))))
        .isEqualTo("<a b=\"{}\">1 & é\n</a>\n{ y }");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83D", "a\uDE00b"})
  void halfOfASurrogatePairIsRefusedInEveryForm(String broken) {
    for (Form form : Form.values()) {
      BodyTemplate body = BodyTemplate.parse("{x}", form);
      assertThatThrownBy(() -> body.expand(name -> broken))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Placeholder 'x' must be well-formed text");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, JSON",
    "Application/JSON; charset=utf-8, JSON",
    "application/vnd.api+json, JSON",
    "application/x-www-form-urlencoded, FORM",
    "application/x-ndjson, TEXT",
    "text/plain, TEXT",
    "application/xml, TEXT",
  })
  void theContentTypeSaysTheForm(String contentType, Form form) {
    assertThat(Form.of(contentType, "{}")).isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"` {\"a\":1}`, JSON", "`\n[1]`, JSON", "a={x}, TEXT"})
  void withoutAContentTypeTheBodysBeginningSaysTheForm(String body, Form form) {
    assertThat(Form.of(null, body)).isEqualTo(form);
  }

  @ParameterizedTest
  @NullAndEmptySource
  void anEmptyBodyIsText(String contentType) {
    assertThat(Form.of(contentType, "")).isEqualTo(Form.TEXT);
  }

  @Test
  void toStringShowsTheNamesAlone() {
    assertThat(BodyTemplate.parse("secret {x}", Form.TEXT)).hasToString("BodyTemplate[x]");
  }

  @Test
  void theFormIsPartOfEquality() {
    assertThat(BodyTemplate.parse("{x}", Form.JSON))
        .isEqualTo(BodyTemplate.parse("{x}", Form.JSON))
        .hasSameHashCodeAs(BodyTemplate.parse("{x}", Form.JSON))
        .isNotEqualTo(BodyTemplate.parse("{x}", Form.TEXT));
  }

  /** A number whose text is its own affair. */
  private static final class Half extends Number {
    private static final long serialVersionUID = 1L;
    private final String text;

    Half(String text) {
      this.text = text;
    }

    @Override
    public int intValue() {
      return 0;
    }

    @Override
    public long longValue() {
      return 0;
    }

    @Override
    public float floatValue() {
      return 0.5f;
    }

    @Override
    public double doubleValue() {
      return 0.5;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static String json(String body, Object x) {
    return BodyTemplate.parse(body, Form.JSON).expand(name -> x);
  }
}
