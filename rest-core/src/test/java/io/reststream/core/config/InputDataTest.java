package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.Input;
import io.reststream.core.RestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputDataTest {

  @Test
  void noInputDataIsOneEmptyInput() {
    assertThat(Options.stream().inputs()).containsExactly(Input.EMPTY);
    assertThat(Options.stream().inputColumns()).isEmpty();
    assertThat(Options.stream("inputData", "[{}]").inputs()).containsExactly(Input.EMPTY);
  }

  @Test
  void eachRowIsAnInputAndColumnsKeepTheirFirstOrder() {
    RestConfig config =
        Options.stream("inputData", "[{\"tenant\":\"b\",\"id\":1},{\"id\":2,\"area\":null}]");
    assertThat(config.inputs())
        .containsExactly(
            Input.parse("{\"id\":1,\"tenant\":\"b\"}"), Input.parse("{\"area\":null,\"id\":2}"));
    assertThat(config.inputColumns()).containsExactly("tenant", "id", "area");
  }

  @Test
  void numbersOfAnySizeStayExact() {
    Input input =
        Options.stream("inputData", "[{\"id\":9007199254740993,\"big\":123456789012345678901.5}]")
            .inputs()
            .get(0);
    assertThat(input.json()).isEqualTo("{\"big\":123456789012345678901.5,\"id\":9007199254740993}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"tenant\":\"a\"}", "[]", "null", "\"a\"", "5"})
  void inputDataIsAnArrayOfOneOrMoreRows(String text) {
    assertThat(Options.problem("inputData", text))
        .isEqualTo(
            "Option 'inputData' must be a JSON array of one or more objects such as"
                + " [{\"tenant\": \"a\"}], but was '"
                + text
                + "'.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"a\":1}        | 1 | 9",
        "tenant            | 1 | 7",
        "[{'a':1}]         | 1 | 4",
        "[{\"a\":1}] []    | 1 | 11",
        "[{\"a\":1,\"a\":2}] | 1 | 12",
      })
  void textThatIsNotJsonIsShownWithThePlace(String text, int line, int column) {
    assertThat(Options.problem("inputData", text))
        .isEqualTo(
            "Option 'inputData' must be a JSON array of objects such as [{\"tenant\": \"a\"}], but is"
                + " not JSON at line %d, column %d: '%s'.",
            line, column, text);
  }

  @Test
  void rowIsAnObject() {
    assertThat(Options.problem("inputData", "[{\"a\":1},5,{\"a\":2}]"))
        .isEqualTo("Option 'inputData' must hold objects only, but row 2 is '5'.");
  }

  @Test
  void equalRowsAreRefusedWhateverTheOrderOfTheirColumns() {
    assertThat(Options.problem("inputData", "[{\"a\":1,\"b\":2},{\"a\":1},{\"b\":2,\"a\":1}]"))
        .isEqualTo(
            "Option 'inputData' must hold each input once, but rows 1 and 3 are both"
                + " '{\"b\":2,\"a\":1}'.");
  }

  @Test
  void longTextIsCutInMessages() {
    assertThat(Options.problem("inputData", "x".repeat(1_000)))
        .endsWith("'" + "x".repeat(80) + "...'.");
  }

  @Test
  void brokenInputDataIsOneProblemEvenIfPlaceholdersNeedIt() {
    assertThat(Options.problems("url", "https://h/{tenant}?{offset}", "inputData", "{")).hasSize(1);
  }
}
