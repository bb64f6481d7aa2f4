package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.template.Placeholders;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTemplatesTest {

  private static Map<String, String> expanded(String json, Map<String, String> single) {
    ConfigProblems problems = new ConfigProblems();
    Map<String, String> headers =
        HeaderTemplates.parse(
                RestOptions.HEADERS, json, single, new Secrets(Map.of(), problems), problems)
            .entrySet()
            .stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    header -> header.getValue().expand(Placeholders.of(Map.of("x", "1"))),
                    (one, other) -> one,
                    () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER)));
    problems.throwIfAny();
    return headers;
  }

  @Test
  void headersComeFromOneObjectAndFromSingleOptions() {
    assertThat(
            expanded(
                "{\"Accept\": \"application/json\", \"X-Version\": 3, \"X-Beta\": true}",
                Map.of("X-Id", "{x}")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("Accept", "application/json", "X-Version", "3", "X-Beta", "true", "X-Id", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "Accept: x",
        "{\"a\": 1",
        "{} {}",
        "\"{}\"",
        "{\"a\":\"1\",\"a\":\"2\"}"
      })
  void headersAreOneJsonObject(String json) {
    assertThat(Options.problem("headers", json))
        .isEqualTo(
            "Option 'headers' must be a JSON object such as {\"Accept\": \"application/json\"},"
                + " each name once, but was not.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[\"a\"]"})
  void headerIsText(String value) {
    assertThat(Options.problem("headers", "{\"X-A\": " + value + "}"))
        .isEqualTo("The header 'X-A' must be text.");
  }

  @Test
  void headerIsGivenOnce() {
    assertThat(Options.problem("header.Accept", "a", "header.accept", "b"))
        .isEqualTo("The header 'accept' is given twice.");
    assertThat(Options.problem("header.Accept", "a", "headers", "{\"ACCEPT\": \"b\"}"))
        .isEqualTo("The header 'ACCEPT' is given twice.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b", "ä", "(a)"})
  void headerHasAName(String name) {
    assertThat(Options.problem("header." + name, "1"))
        .isEqualTo(
            "A header's name must be made of letters, digits and !#$%&'*+-.^_`|~, but was '"
                + name
                + "'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a\\nb", "a\\r\\nX-Evil: 1", "a\\u0000b"})
  void headerOfTheObjectHasANameToo(String name) {
    String shown = name.replaceAll("\\\\(u0000|[rn])", "?");
    assertThat(Options.problem("headers", "{\"" + name + "\": \"1\"}"))
        .isEqualTo(
            "A header's name must be made of letters, digits and !#$%&'*+-.^_`|~, but was '"
                + shown
                + "'.");
  }

  @Test
  void nameIsShownWithoutControlCharacters() {
    assertThat(Options.problem("header.a\r\nb", "1")).endsWith("but was 'a??b'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "content-length", "Connection", "Transfer-Encoding", "Upgrade"})
  void someHeadersAreTheClients(String name) {
    assertThat(Options.problem("header." + name, "1"))
        .isEqualTo("The header '" + name + "' is set by the client and cannot be an option.");
  }

  @Test
  void valueCannotEndTheHeader() {
    assertThat(Options.problem("header.X-A", "secret\r\nX-B: 1"))
        .isEqualTo(
            "The header 'X-A' cannot be sent: A header must hold printable ASCII characters, spaces"
                + " and tabs, but holds U+000D at index 6.");
  }

  @Test
  void missingValueIsSaid() {
    assertThat(Options.problem("header.X-A", null))
        .isEqualTo("The header 'X-A' must be text, but was null.");
  }
}
