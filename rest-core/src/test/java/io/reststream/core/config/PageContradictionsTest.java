package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageContradictionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pageNumber | the page's number | {page} or {pageToken}",
        "offsetLimit | the number of records before the page | {pageOffset} or {pageToken}",
        "lastRecord | the token | {pageToken}",
        "cursor | the token | {next_cursor} or {pageToken}",
      })
  void aTokenNeedsAPlaceholder(String style, String what, String placeholders) {
    assertThat(Options.problem("pagination", style))
        .isEqualTo(
            "'pagination'='%s' needs a placeholder that sends %s, %s, in 'url', a header or 'body'."
                .formatted(style, what, placeholders));
  }

  @ParameterizedTest
  @CsvSource({"pageNumber, {page}", "offsetLimit, {pageOffset}"})
  void numbersNeedNoField(String style, String placeholder) {
    String url = Options.URL + "&p=" + placeholder;
    assertThat(Options.problems("url", url, "pagination", style)).isEmpty();
    assertThat(Options.problem("url", url, "pagination", style, "nextField", "next"))
        .isEqualTo(
            "Option 'nextField' needs 'pagination' to be 'nextUrl', 'linkHeader', 'cursor' or"
                + " 'lastRecord', but it was '%s'.".formatted(style));
  }

  @ParameterizedTest
  @CsvSource({"firstPage, 2", "pageStep, 5"})
  void countingNeedsNumbers(String option, String value) {
    assertThat(Options.problem("pagination", "nextUrl", option, value))
        .isEqualTo(
            "Option '%s' needs 'pagination' to be 'pageNumber' or 'offsetLimit', but it was 'nextUrl'."
                .formatted(option));
  }

  @ParameterizedTest
  @CsvSource({
    "totalField, total",
    "totalPagesField, pages",
    "shortPageEnds, true",
    "pageTokenName, after"
  })
  void endRulesOfPagesNeedPages(String option, String value) {
    assertThat(Options.problem(option, value))
        .isEqualTo("Option '%s' needs 'pagination', but it was 'none'.".formatted(option));
  }

  @Test
  void aReadOfOnePageHasNoEndRules() {
    assertThat(Options.batchProblem("url", "http://h/", "hasMoreField", "more"))
        .isEqualTo("Option 'hasMoreField' needs 'pagination', but it was 'none'.");
    assertThat(Options.problems("hasMoreField", "more", "endWhen", "done=true", "maxPages", "3"))
        .isEmpty();
  }

  @Test
  void shortPagesNeedASize() {
    assertThat(Options.problem("pagination", "nextUrl", "shortPageEnds", "true"))
        .isEqualTo("Option 'shortPageEnds' needs 'pageSize', which is not set.");
    assertThat(Options.problems("pagination", "nextUrl", "shortPageEnds", "true", "pageSize", "9"))
        .isEmpty();
    assertThat(
            Options.problem(
                "url", "http://h/{offset}", "offsetType", "cursor", "shortPageEnds", "true"))
        .isEqualTo("Option 'shortPageEnds' needs 'pageSize', which is not set.");
    assertThat(Options.problem("url", Options.URL + "&n={pageSize}"))
        .isEqualTo("The placeholder '{pageSize}' needs the option 'pageSize', which is not set.");
  }

  @Test
  void fieldsOfTheLastRecordAreFieldsOfARecord() {
    String url = Options.URL + "&after={pageToken}";
    assertThat(Options.problems("url", url, "pagination", "lastRecord", "nextField", "a,b.c"))
        .isEmpty();
    assertThat(Options.problem("url", url, "pagination", "lastRecord", "nextField", "header:X"))
        .isEqualTo(
            "Option 'nextField' must name fields of a record with 'pagination'='lastRecord', but was"
                + " 'header:X'.");
    assertThat(Options.problem("url", url, "pagination", "lastRecord", "totalField", "total"))
        .isEqualTo(
            "Option 'totalField' has no meaning with 'pagination'='lastRecord': records that an API"
                + " sends once more with the next page would count twice.");
  }

  @Test
  void oneFieldLeadsOn() {
    assertThat(Options.problem("pagination", "nextUrl", "nextField", "a,b"))
        .isEqualTo(
            "Option 'nextField' must be one field with 'pagination'='nextUrl', but was 'a,b'.");
    assertThat(Options.problem("pagination", "linkHeader", "nextField", "next"))
        .isEqualTo(
            "Option 'nextField' must be 'link:' and a relation such as 'link:next' with"
                + " 'pagination'='linkHeader', but was 'next'.");
    assertThat(Options.problem("pagination", "nextUrl", "pageTokenName", "after"))
        .isEqualTo(
            "Option 'pageTokenName' needs 'pagination' to be one that sends a token, but it was"
                + " 'nextUrl'.");
  }

  @Test
  void aLinkIsAnOffsetOnlyAsACursor() {
    assertThat(
            Options.problems(
                "url", "http://h/", "offsetType", "cursor", "offsetField", "link:next"))
        .isEmpty();
    assertThat(Options.problem("url", "http://h/", "offsetField", "link:next"))
        .isEqualTo(
            "Option 'offsetField' can be 'link:next' for 'offsetType'='cursor' only, but that was"
                + " 'timestamp'.");
  }

  @Test
  void aLineHasNothingBesideRecords() {
    assertThat(
            Options.problem(
                "url", Options.URL + "&p={page}",
                "pagination", "pageNumber",
                "responseFormat", "ndjson",
                "hasMoreField", "more"))
        .isEqualTo(
            "Option 'hasMoreField' must be 'header:Name' with 'responseFormat'='ndjson', whose body"
                + " holds nothing but records, but was 'more'.");
  }

  @ParameterizedTest
  @CsvSource({
    "firstPage, -1, a whole number from 0 to 2147483647",
    "maxPages, 0, a whole number from 1 to 2147483647",
    "pageTokenName, a-b, 'a name of letters, digits, ''_'' and ''.'' such as ''starting_after'''"
  })
  void badValueIsShownWithWhatIsAllowed(String option, String value, String allowed) {
    assertThat(
            Options.problem(
                "url", Options.URL + "&p={page}", "pagination", "pageNumber", option, value))
        .isEqualTo("Option '%s' must be %s, but was '%s'.".formatted(option, allowed, value));
  }
}
