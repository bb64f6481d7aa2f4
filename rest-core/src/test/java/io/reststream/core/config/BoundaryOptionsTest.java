package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundaryOptionsTest {
  private static final String SENT = "https://h/?since={offset}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lookback | soon | a duration such as '500ms' or '5m', or a number such as '100'",
        "lookback | -5m | a duration such as '500ms' or '5m', or a number such as '100'",
        "offsetGranularity | 0 | a duration such as '500ms' or '5m', or a number such as '100',"
            + " more than 0",
        "offsetFormat | unix | 'iso', 'epochSeconds', 'epochMillis', 'rfc1123', or a pattern of a"
            + " date such as 'yyyy-MM-dd HH:mm'",
        "offsetSendFormat | HH:mm | 'iso', 'epochSeconds', 'epochMillis', 'rfc1123', or a pattern"
            + " of a date such as 'yyyy-MM-dd HH:mm'",
      })
  void badValueIsShownWithWhatIsAllowed(String key, String value, String allowed) {
    assertThat(Options.problem("url", SENT, key, value))
        .isEqualTo("Option '%s' must be %s, but was '%s'.".formatted(key, allowed, value));
  }

  @ParameterizedTest
  @CsvSource({
    "lookback, 5m",
    "offsetGranularity, 1m",
    "offsetFormat, iso",
    "offsetSendFormat, iso",
  })
  void aCursorIsSentAsItCame(String key, String value) {
    assertThat(
            Options.problem("url", SENT, "offsetType", "cursor", "offsetField", "next", key, value))
        .isEqualTo(
            "Option '%s' has no meaning for 'offsetType'='cursor': a cursor is sent as it came."
                .formatted(key));
  }

  @Test
  void idsAreWholeNumbers() {
    assertThat(
            Options.problem(
                "url", SENT, "offsetType", "incremental", "offsetField", "id", "lookback", "5m"))
        .isEqualTo(
            "Option 'lookback' must be a whole number of ids for 'offsetType'='incremental', but"
                + " was 'PT5M'.");
    assertThat(
            Options.problem(
                "url",
                SENT,
                "offsetType",
                "incremental",
                "offsetField",
                "id",
                "offsetFormat",
                "epochMillis"))
        .isEqualTo(
            "Option 'offsetFormat' has no meaning for 'offsetType'='incremental': ids are whole"
                + " numbers.");
  }

  @Test
  void aBatchReadWithoutAnOffsetHasNoUseForThem() {
    assertThat(Options.batchProblem("url", "https://h/", "lookback", "5m"))
        .isEqualTo("Option 'lookback' has no meaning in a batch read without 'offsetField'.");
  }

  @Test
  void whatIsNotSentIsNotRounded() {
    assertThat(Options.problem("url", "https://h/", "offsetGranularity", "1m"))
        .isEqualTo(
            "Option 'offsetGranularity' has no meaning without a placeholder that sends the"
                + " offset.");
  }

  @Test
  void aLookbackWouldMoveAnOffsetBackThatMayDecrease() {
    assertThat(Options.problem("lookback", "5m", "allowOffsetDecrease", "true"))
        .isEqualTo(
            "Options 'lookback' and 'allowOffsetDecrease' contradict each other: what a lookback"
                + " asks for would move the offset back in every cycle.");
  }

  @Test
  void severalFieldsAreForMaxFieldAlone() {
    assertThat(Options.problem("url", SENT, "offsetField", "ts,id"))
        .isEqualTo(
            "Option 'offsetField' can name several fields for 'offsetType'='max_field' alone, but"
                + " was 'ts,id' for 'timestamp'.");
  }

  @Test
  void severalFieldsBeginWithAsManyValues() {
    String[] wrong = {"url", SENT, "offsetType", "max_field", "offsetField", "ts, meta.id"};
    assertThat(Options.problem(wrong))
        .isEqualTo(
            "Option 'initialOffset' must be a JSON array of 2 numbers or texts, or empty to send"
                + " none, for 'offsetField'='ts,meta.id', but was '0'.");
    assertThat(
            Options.problems(
                "url",
                SENT,
                "offsetType",
                "max_field",
                "offsetField",
                "ts,id",
                "initialOffset",
                "[0,\"\"]"))
        .isEmpty();
  }
}
