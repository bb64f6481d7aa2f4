package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusActionsTest {
  private static final String ACTIONS = "one of 'retry', 'fail', 'ignore', 'refresh', 'reset'";

  @Test
  void theUsualOnesAreThese() {
    StatusActions usual = Options.statuses();
    assertThat(List.of(408, 425, 429, 500, 599))
        .allSatisfy(status -> assertThat(usual.of(status)).isEqualTo(StatusAction.RETRY));
    assertThat(List.of(300, 304, 400, 403, 404, 410, 600, 999))
        .allSatisfy(status -> assertThat(usual.of(status)).isEqualTo(StatusAction.FAIL));
    assertThat(usual.of(401)).isEqualTo(StatusAction.REFRESH);
    assertThat(usual.refreshing()).containsExactly(401);
    assertThat(usual.isNamed(429)).isFalse();
  }

  @Test
  void retryStatusesReplaceTheUsualOnes() {
    StatusActions chosen = Options.statuses("retryStatuses", "404, 4XX");
    assertThat(chosen.of(404)).isEqualTo(StatusAction.RETRY);
    assertThat(chosen.of(499)).isEqualTo(StatusAction.RETRY);
    assertThat(chosen.of(401)).isEqualTo(StatusAction.RETRY);
    assertThat(chosen.of(500)).isEqualTo(StatusAction.FAIL);
    assertThat(Options.statuses("retryStatuses", "").of(503)).isEqualTo(StatusAction.FAIL);
  }

  @Test
  void statusNamedAloneCountsMoreThanItsClass() {
    StatusActions chosen =
        Options.statuses(
            "retryStatuses", "5xx,429",
            "ignoreStatuses", "404",
            "statusActions", "501:fail,410:Reset, 4xx : fail ,498:refresh,404:ignore");
    assertThat(chosen.of(500)).isEqualTo(StatusAction.RETRY);
    assertThat(chosen.of(501)).isEqualTo(StatusAction.FAIL);
    assertThat(chosen.of(404)).isEqualTo(StatusAction.IGNORE);
    assertThat(chosen.of(410)).isEqualTo(StatusAction.RESET);
    assertThat(chosen.of(429)).isEqualTo(StatusAction.RETRY);
    assertThat(chosen.of(408)).isEqualTo(StatusAction.FAIL);
    assertThat(chosen.of(401)).isEqualTo(StatusAction.FAIL);
    assertThat(chosen.refreshing()).containsExactly(498);
    assertThat(chosen.isNamed(501)).isTrue();
  }

  @Test
  void refreshingStatusesJoinTheUsualOne() {
    assertThat(Options.statuses("statusActions", "498:refresh").refreshing())
        .containsExactlyInAnyOrder(401, 498);
    assertThat(Options.statuses("statusActions", "401:fail").refreshing()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "200", "1000", "30", "5x", "2xx", "404,", ",", "404;405", "4040"})
  void badStatusesAreRefused(String text) {
    for (String option : List.of("retryStatuses", "ignoreStatuses")) {
      assertThat(Options.problem(option, text))
          .isEqualTo(
              "Option '%s' must be statuses from 300 to 999 such as '404' or '5xx', separated by commas, but was '%s'."
                  .formatted(option, text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "404",
        "404:",
        ":fail",
        "404=fail",
        "404:retire",
        "200:fail",
        "404:fail,",
        "a:fail"
      })
  void badActionsAreRefused(String text) {
    assertThat(Options.problem("statusActions", text))
        .isEqualTo(
            "Option 'statusActions' must be statuses from 300 to 999 with what follows them, such as"
                + " '410:reset,404:ignore'; it is %s, but was '%s'.".formatted(ACTIONS, text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404,429 | 404 | | The status '404' is to 'retry' by 'retryStatuses' and to 'ignore' by"
            + " 'ignoreStatuses'; name it once.",
        "4xx | | 4XX:fail | The status '4XX' is to 'retry' by 'retryStatuses' and to 'fail' by"
            + " 'statusActions'; name it once.",
        "429 | | 410:reset,410:fail | The status '410' is to 'reset' by 'statusActions' and to"
            + " 'fail' by 'statusActions'; name it once."
      })
  void contradictionsAreRefused(String retry, String ignore, String actions, String problem) {
    assertThat(
            Options.problem(
                "retryStatuses", retry,
                "ignoreStatuses", ignore == null ? "" : ignore,
                "statusActions", actions == null ? "" : actions))
        .isEqualTo(problem);
  }

  @Test
  void resetNeedsAnOffset() {
    assertThat(Options.batchProblem("url", "http://h/all", "statusActions", "410:reset"))
        .isEqualTo("A status cannot be to 'reset' in a batch read without 'offsetField'.");
    assertThat(Options.batch("url", "http://h/all", "statusActions", "410:ignore").options())
        .containsKey("statusActions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "fast", "1e3", "0.000001", "1000001", "", "1,5", "NaN"})
  void badRateIsRefused(String text) {
    assertThat(Options.problem("requestsPerSecond", text))
        .isEqualTo(
            "Option 'requestsPerSecond' must be a number from 0.00001 to 1000000 such as '10' or"
                + " '0.5', but was '%s'.".formatted(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "1.5", ""})
  void badConcurrencyIsRefused(String text) {
    assertThat(Options.problem("maxConcurrentRequests", text))
        .isEqualTo(
            "Option 'maxConcurrentRequests' must be a whole number from 1 to 2147483647, but was"
                + " '%s'.".formatted(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "X-Again:", "Ä"})
  void badHeaderNameIsRefused(String text) {
    assertThat(Options.problem("retryAfterHeader", text))
        .isEqualTo(
            "Option 'retryAfterHeader' must be the name of a header such as 'Retry-After', but was"
                + " '%s'.".formatted(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=false", "!=ok", "a..b", "ok=false,", "$=1", "/a~2=1"})
  void badConditionsAreRefused(String text) {
    assertThat(Options.problem("errorWhen", text))
        .isEqualTo(
            "Option 'errorWhen' must be conditions such as 'ok=false', 'status!=ok' or 'error',"
                + " separated by commas, but was '%s'.".formatted(text));
  }
}
