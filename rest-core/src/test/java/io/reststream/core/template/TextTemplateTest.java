package io.reststream.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTemplateTest {

  @Test
  void putsValuesInAsTheyAre() {
    TextTemplate header = TextTemplate.parse("{kind} {meta.token}; q={n}");

    assertThat(header.names()).containsExactly("kind", "meta.token", "n");
    assertThat(
            header.expand(
                Placeholders.of(
                    Map.of("kind", "Bearer", "meta.token", "a/b+c==&%2F \"d\"", "n", 0.5))))
        .isEqualTo("Bearer a/b+c==&%2F \"d\"; q=0.5");
  }

  @Test
  void anUndefinedValueIsEmptyAndAListIsJoined() {
    TextTemplate header = TextTemplate.parse("<{x}>");

    assertThat(header.expand(name -> null)).isEqualTo("<>");
    assertThat(header.expand(name -> List.of("a", 1, true))).isEqualTo("<a,1,true>");
    assertThat(header.expand(name -> Map.of("a", 1))).isEqualTo("<a,1>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"a\":1}",
        "{\"a\": {\"b\": []}}",
        "{ x }",
        "{x",
        "x}",
        "{",
        "{+",
        "{x y}",
        "{3F2504E0-4F89-11D3-9A0C-0305E82C3301}",
        "{-x}",
        "{=x}",
        "{?}",
        "a\tb",
      })
  void otherBracesAreText(String text) {
    TextTemplate header = TextTemplate.parse(text);

    assertThat(header.names()).isEmpty();
    assertThat(header.expand(name -> "value")).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"{{x}}, {1}", "'{\"a\":{x}}', '{\"a\":1}'", "{{x}, {1", "{x}}, 1}", "{x}{x}, 11"})
  void aPlaceholderMayStandWithinOtherBraces(String text, String expansion) {
    assertThat(TextTemplate.parse(text).expand(name -> 1)).isEqualTo(expansion);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{+x}", "{#x}", "{.x}", "{/x}", "{;x}", "{?x,y}", "{&x}", "{x*}", "{x:3}", "{x,y}"
      })
  void anExpressionOfAUrlIsRefused(String expression) {
    assertThatThrownBy(() -> TextTemplate.parse("secret " + expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The expression at index 7 of a header must be a plain '{name}';"
                + " operators, modifiers and lists of names are for urls.");
  }

  @ParameterizedTest
  @CsvSource({
    "'secret\r\nX-Evil: 1', 000D, 6",
    "'secret\nX', 000A, 6",
    "'secret\0', 0000, 6",
    "'\u007F', 007F, 0",
    "'\u0085', 0085, 0",
    "é, 00E9, 0",
    "a😀, 1F600, 1",
  })
  void aValueThatCannotStandInAHeaderIsRefusedAndNotShown(String value, String code, int index) {
    TextTemplate header = TextTemplate.parse("Bearer {token}");

    assertThatThrownBy(() -> header.expand(name -> value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Placeholder 'token' of a header must hold printable ASCII characters, spaces and tabs,"
                + " but holds U+%s at index %d.",
            code, index);
  }

  @Test
  void textThatCannotStandInAHeaderIsRefusedAndNotShown() {
    assertThatThrownBy(() -> TextTemplate.parse("secret\n{x}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A header must hold printable ASCII characters, spaces and tabs,"
                + " but holds U+000A at index 6.");
  }

  @Test
  void toStringShowsTheNamesAlone() {
    assertThat(TextTemplate.parse("secret {x} {y}")).hasToString("TextTemplate[x, y]");
  }

  @Test
  void equalTextsAreEqual() {
    assertThat(TextTemplate.parse("a {x}"))
        .isEqualTo(TextTemplate.parse("a {x}"))
        .hasSameHashCodeAs(TextTemplate.parse("a {x}"))
        .isNotEqualTo(TextTemplate.parse("a {y}"));
  }
}
