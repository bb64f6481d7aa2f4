package io.reststream.core.template;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriTemplateErrorsTest {

  private static final String NAME_RULE =
      "letters, digits, '_', percent-encoded characters such as '%20', and '.' between them";

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      value = {
        "/a/{x -> index 3: '{' is not closed; an expression is written such as '{offset}'.",
        "/a/{x/{y} -> index 3: '{' is not closed; an expression is written such as '{offset}'.",
        "/a/{ -> index 3: '{' is not closed; an expression is written such as '{offset}'.",
        "/a}b -> index 2: '}' closes nothing; a brace as text is written '%7B' or '%7D'.",
        "/{x}} -> index 4: '}' closes nothing; a brace as text is written '%7B' or '%7D'.",
        "/{} -> index 1: '{}' is empty; it must hold a name, such as '{offset}'.",
        "{=x} -> index 1: '=' is not an operator; allowed are '+', '#', '.', '/', ';', '?' and '&', or none.",
        "{|x} -> index 1: '|' is not an operator; allowed are '+', '#', '.', '/', ';', '?' and '&', or none.",
        "{!x} -> index 1: '!' is not an operator; allowed are '+', '#', '.', '/', ';', '?' and '&', or none.",
        "{@x} -> index 1: '@' is not an operator; allowed are '+', '#', '.', '/', ';', '?' and '&', or none.",
        "{,x} -> index 1: ',' is not an operator; allowed are '+', '#', '.', '/', ';', '?' and '&', or none.",
        "{x:0} -> index 2: ':' must be followed by a number from 1 to 9999, as in '{name:3}', or by a format of times (iso, epochSeconds, epochMillis, rfc1123, or a pattern of DateTimeFormatter), as in '{name:yyyy-MM-dd}', but '0' follows.",
        "{x:} -> index 2: ':' must be followed by a number from 1 to 9999, as in '{name:3}', or by a format of times (iso, epochSeconds, epochMillis, rfc1123, or a pattern of DateTimeFormatter), as in '{name:yyyy-MM-dd}', but '' follows.",
        "{x:10000} -> index 2: ':' must be followed by a number from 1 to 9999, as in '{name:3}', or by a format of times (iso, epochSeconds, epochMillis, rfc1123, or a pattern of DateTimeFormatter), as in '{name:yyyy-MM-dd}', but '10000' follows.",
        "{x:03} -> index 2: ':' must be followed by a number from 1 to 9999, as in '{name:3}', or by a format of times (iso, epochSeconds, epochMillis, rfc1123, or a pattern of DateTimeFormatter), as in '{name:yyyy-MM-dd}', but '03' follows.",
        "{x:abc} -> index 2: ':' must be followed by a number from 1 to 9999, as in '{name:3}', or by a format of times (iso, epochSeconds, epochMillis, rfc1123, or a pattern of DateTimeFormatter), as in '{name:yyyy-MM-dd}', but 'abc' follows.",
        "{x:-1} -> index 2: ':' must be followed by a number from 1 to 9999, as in '{name:3}', or by a format of times (iso, epochSeconds, epochMillis, rfc1123, or a pattern of DateTimeFormatter), as in '{name:yyyy-MM-dd}', but '-1' follows.",
        "{x:*} -> index 2: ':' must be followed by a number from 1 to 9999, as in '{name:3}', or by a format of times (iso, epochSeconds, epochMillis, rfc1123, or a pattern of DateTimeFormatter), as in '{name:yyyy-MM-dd}', but '*' follows.",
        "{a,x:yyyy-MM-dd'T} -> index 4: ':' must be followed by a number from 1 to 9999, as in '{name:3}', or by a format of times (iso, epochSeconds, epochMillis, rfc1123, or a pattern of DateTimeFormatter), as in '{name:yyyy-MM-dd}', but 'yyyy-MM-dd'T' follows.",
        "{x:epochsecond} -> index 2: ':' must be followed by a number from 1 to 9999, as in '{name:3}', or by a format of times (iso, epochSeconds, epochMillis, rfc1123, or a pattern of DateTimeFormatter), as in '{name:yyyy-MM-dd}', but 'epochsecond' follows.",
        "{x:''} -> index 2: ':' must be followed by a number from 1 to 9999, as in '{name:3}', or by a format of times (iso, epochSeconds, epochMillis, rfc1123, or a pattern of DateTimeFormatter), as in '{name:yyyy-MM-dd}', but '''' follows.",
        "{x:3*} -> index 2: a variable takes a prefix, as '{name:3}', or '*', but not both.",
        "{x*:3} -> index 2: a variable takes a prefix, as '{name:3}', or '*', but not both.",
        "/100%/x -> index 4: '%' must be followed by two hexadecimal digits; as text it is '%25'.",
        "/100%2 -> index 4: '%' must be followed by two hexadecimal digits; as text it is '%25'.",
      })
  void anErrorSaysWhereTheTemplateIsWrongAndWhatIsAllowed(String template, String problem) {
    assertThatThrownBy(() -> UriTemplate.parse(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("URL template '" + template + "' is wrong at " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      value = {
        "/{a-b} -> 3 -> '-'",
        "/{a b} -> 3 -> ' '",
        "/{ a} -> 2 -> ' '",
        "/{a, b} -> 4 -> ' '",
        "/{?a&b} -> 4 -> &",
        "/{a**} -> 4 -> *",
        "/{$a} -> 2 -> $",
        "/{*a} -> 2 -> *",
        "/{~a} -> 2 -> ~",
        "/{??a} -> 3 -> ?",
        "/{/?a} -> 3 -> ?",
        "/{:3} -> 2 -> :",
        "/{a.} -> 3 -> .",
        "/{a..b} -> 3 -> .",
        "/{..a} -> 3 -> .",
        "/{a%2} -> 3 -> %",
        "/{a%２０} -> 3 -> %",
        "/{größe} -> 4 -> ö",
        "/{a=b} -> 3 -> =",
        "/{?a=b=c} -> 6 -> =",
        "/{a😀} -> 3 -> 😀",
      })
  void aNameHoldsOnlyWhatTheRfcAllows(String template, int index, String character) {
    assertThatThrownBy(() -> UriTemplate.parse(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "URL template '%s' is wrong at index %d: '%s' cannot stand in a name; it is made of %s."
                    .formatted(UriTemplate.withoutQuery(template), index, character, NAME_RULE)
                + " Names are separated by ','.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      value = {"{a,} -> 3", "{a,,b} -> 3", "{/} -> 2", "{.} -> 2", "{;a=} -> 4", "{&a=,b} -> 4"})
  void aNameMustNotBeMissing(String template, int index) {
    assertThatThrownBy(() -> UriTemplate.parse(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "URL template '%s' is wrong at index %d: a name is missing; it is made of %s."
                .formatted(template, index, NAME_RULE));
  }

  @Test
  void controlCharactersAndBrokenTextAreRefused() {
    assertThatThrownBy(() -> UriTemplate.parse("/a\r\nb"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index 2: the control character U+000D cannot stand in a URL.");
    assertThatThrownBy(() -> UriTemplate.parse("/a\uDE00"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index 2: half of a surrogate pair is not a character.");
  }

  @Test
  void anErrorDoesNotShowTheQuery() {
    assertThatThrownBy(() -> UriTemplate.parse("https://h/p?key=secret&since={}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "URL template 'https://h/p?...' is wrong at index 29:"
                + " '{}' is empty; it must hold a name, such as '{offset}'.");
  }
}
