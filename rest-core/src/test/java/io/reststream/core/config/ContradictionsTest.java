package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.ReadMode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContradictionsTest {

  @Test
  void nextFieldNeedsPagination() {
    assertThat(Options.problem("nextField", "next"))
        .isEqualTo(
            "Option 'nextField' needs 'pagination' to be 'nextUrl', 'linkHeader', 'cursor' or 'lastRecord', but it was 'none'.");
    assertThat(Options.problems("nextField", "next", "pagination", "nextUrl")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "order, none, a cursor has no order",
    "offsetBoundary, inclusive, a cursor has no order",
    "allowOffsetDecrease, true, a cursor has no order",
    "pageSize, 100, the cursor says if there is more",
  })
  void cursorHasNoOrderAndNoFullPage(String key, String value, String reason) {
    assertThat(
            Options.problem(
                "url",
                "https://h/?{next}",
                "offsetType",
                "cursor",
                "offsetField",
                "next",
                key,
                value))
        .isEqualTo(
            "Option '%s' has no meaning for 'offsetType'='cursor': %s.".formatted(key, reason));
  }

  @ParameterizedTest
  @CsvSource({"incremental, id", "max_field, updated_at"})
  void onlyATimestampOfTheResponseCanGoBack(String type, String field) {
    assertThat(
            Options.problem(
                "url",
                "https://h/?{offset}",
                "offsetType",
                type,
                "offsetField",
                field,
                "allowOffsetDecrease",
                "false"))
        .isEqualTo(
            "Option 'allowOffsetDecrease' has no meaning for 'offsetType'='"
                + type
                + "': it is about a timestamp of the response.");
    assertThat(Options.problems("allowOffsetDecrease", "true")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"order, ascending", "offsetBoundary, exclusive"})
  void timestampInAHeaderSaysNothingAboutRecords(String key, String value) {
    assertThat(
            Options.problem(
                "url", "https://h/?{offset}", "offsetField", "header:X-Now", key, value))
        .isEqualTo(
            "Option '%s' has no meaning for an 'offsetField' in a header: the records have no offsets."
                .formatted(key));
  }

  @ParameterizedTest
  @CsvSource({"incremental", "max_field"})
  void offsetOfRecordsIsNoHeader(String type) {
    assertThat(
            Options.problem(
                "url", "https://h/?{offset}", "offsetType", type, "offsetField", "header:X-Max"))
        .isEqualTo(
            "Option 'offsetField' must be a field of the records for 'offsetType'='"
                + type
                + "', but was 'header:X-Max'.");
  }

  @ParameterizedTest
  @CsvSource({"nextUrl, ''", "cursor, &page={pageToken}"})
  void pageSizeIsForFeedsWithoutPages(String pagination, String query) {
    assertThat(
            Options.problem(
                "url", Options.URL + query, "pagination", pagination, "pageSize", "100"))
        .isEqualTo(
            "Option 'pageSize' has no meaning with 'pagination'='"
                + pagination
                + "', unless {pageSize} or 'shortPageEnds' needs it.");
    assertThat(Options.problems("pageSize", "100")).isEmpty();
  }

  @Test
  void cursorThatIsTheOffsetIsNotAlsoAPageToken() {
    assertThat(
            Options.problem(
                "url", "https://h/?{next}",
                "offsetType", "cursor",
                "offsetField", "next",
                "pagination", "cursor",
                "nextField", "$.next"))
        .isEqualTo(
            "'offsetField' and 'nextField' must differ, but both were 'next': with"
                + " 'offsetType'='cursor' the cursor pages by itself.");
  }

  @ParameterizedTest
  @CsvSource({
    "offsetBoundary, exclusive",
    "order, ascending",
    "keyField, id",
    "pageSize, 10",
    "maxKeys, 10",
    "allowOffsetDecrease, true",
  })
  void batchReadWithoutAnOffsetHasNoUseForWhatIsAboutOffsets(String key, String value) {
    assertThat(Options.batchProblem(key, value))
        .isEqualTo(
            "Option '%s' has no meaning in a batch read without 'offsetField'.".formatted(key));
    assertThat(
            Options.problems(
                ReadMode.BATCH, Options.withUrl(key, value, "offsetField", "timestamp")))
        .isEmpty();
  }

  @Test
  void batchReadMaySendAFirstOffset() {
    assertThat(Options.batch("initialOffset", "5").value(RestOptions.INITIAL_OFFSET))
        .isEqualTo("5");
    assertThat(Options.batchProblem("url", "https://h/all", "initialOffset", "5"))
        .isEqualTo(
            "Option 'initialOffset' has no meaning in a batch read without 'offsetField' or a"
                + " placeholder that sends it.");
  }

  @Test
  void streamingFollowsTheWayOfReading() {
    assertThat(Options.problem("streaming", "false"))
        .isEqualTo(
            "Option 'streaming' is 'false', but this is a streaming read; leave the option out.");
    assertThat(Options.batchProblem("streaming", "true"))
        .isEqualTo("Option 'streaming' is 'true', but this is a batch read; leave the option out.");
    assertThat(Options.problems("streaming", "true")).isEmpty();
    assertThat(Options.problems(ReadMode.BATCH, Options.withUrl("streaming", "false"))).isEmpty();
  }

  @Test
  void firstRetryWaitsNoLongerThanAny() {
    assertThat(Options.problem("retryBaseDelay", "2m"))
        .isEqualTo(
            "Option 'retryBaseDelay' (120000 ms) must not be longer than 'retryMaxDelay' (60000"
                + " ms).");
    assertThat(Options.problems("retryBaseDelay", "60", "retryMaxDelay", "1m")).isEmpty();
  }

  @Test
  void brokenUrlIsOneProblem() {
    assertThat(Options.problems(ReadMode.BATCH, Map.of("url", "https://h/{", "initialOffset", "5")))
        .hasSize(1);
  }

  @Test
  void aDataFieldIsNamedByColumnsThatTheInputsHave() {
    String[] option = {"dataField", "result.{pair}"};
    assertThat(Options.problem(option))
        .isEqualTo(
            "Option 'dataField' is 'result.{pair}', but 'pair' is no column of the inputs, which have none.");
    assertThat(
            Options.problem(
                "dataField", "result.{pair}", "inputData", "[{\"Pair\":\"a\",\"x\":\"b\"}]"))
        .isEqualTo(
            "Option 'dataField' is 'result.{pair}', but 'pair' is no column of the inputs, which have Pair, x.");
    assertThat(Options.problems("dataField", "result.{pair}", "inputData", "[{\"pair\":\"a\"}]"))
        .isEmpty();
  }
}
