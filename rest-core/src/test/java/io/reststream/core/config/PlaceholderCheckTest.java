package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceholderCheckTest {

  @Test
  void placeholderThatNothingFillsIsNamedWithThoseThatThereAre() {
    assertThat(Options.problem("url", "https://h/{tenat}", "inputData", "[{\"tenant\":\"a\"}]"))
        .isEqualTo(
            "Nothing fills the placeholder '{tenat}'; there is {offset}, {timestamp}, {tenant}, {now},"
                + " {uuid}. Did you mean {tenant}?");
    assertThat(Options.problem("body", "{\"q\": {query}}"))
        .isEqualTo(
            "Nothing fills the placeholder '{query}'; there is {offset}, {timestamp}, {now}, {uuid}.");
    assertThat(Options.problem("header.X-A", "{query}"))
        .isEqualTo(
            "Nothing fills the placeholder '{query}'; there is {offset}, {timestamp}, {now}, {uuid}.");
  }

  @Test
  void pageTokenIsThereWithACursorOnly() {
    assertThat(
            Options.problem(
                "url", "https://h/?since={offset}&page={pagetoken}", "pagination", "nextUrl"))
        .isEqualTo(
            "Nothing fills the placeholder '{pagetoken}'; there is {offset}, {timestamp}, {now}, {uuid}.");
    assertThat(
            Options.problem(
                "url", "https://h/?since={offset}{&next_cursor,size}", "pagination", "cursor"))
        .isEqualTo(
            "Nothing fills the placeholder '{size}'; there is {offset}, {timestamp}, {pageToken},"
                + " {next_cursor}, {now}, {uuid}.");
  }

  @Test
  void columnMayNotHaveTheNameOfTheOffset() {
    String clash =
        "The placeholder '{%s}' is both a column of 'inputData' and the name of the offset or the"
            + " page token; rename the column, or use {offset} or {pageToken}.";
    assertThat(
            Options.problem(
                "url", "https://h/{id}",
                "inputData", "[{\"id\":1}]",
                "offsetType", "incremental",
                "offsetField", "id"))
        .isEqualTo(clash.formatted("id"));
    assertThat(Options.problem("inputData", "[{\"timestamp\":1}]"))
        .isEqualTo(clash.formatted("timestamp"));
    assertThat(Options.problem("url", "https://h/{offset}", "inputData", "[{\"offset\":1}]"))
        .isEqualTo(clash.formatted("offset"));
    assertThat(
            Options.problem(
                "url", "https://h/{offset}?p={pageToken}",
                "pagination", "cursor",
                "inputData", "[{\"pageToken\":1}]"))
        .isEqualTo(clash.formatted("pageToken"));
  }

  @Test
  void columnOfThatNameIsFineWhereItIsNotAskedFor() {
    assertThat(
            Options.problems(
                "url", "https://h/?since={offset}",
                "inputData", "[{\"id\":1}]",
                "offsetType", "incremental",
                "offsetField", "id"))
        .isEmpty();
  }

  @Test
  void columnFillsThePlaceholderInABatchReadThatNamesNoOffset() {
    assertThat(Options.batch("inputData", "[{\"timestamp\":1}]").inputs()).hasSize(1);
  }

  @Test
  void cursorIsSentSomewhere() {
    assertThat(
            Options.problem(
                "url", "https://h/data", "offsetType", "cursor", "offsetField", "next_cursor"))
        .isEqualTo(
            "'offsetType'='cursor' needs a placeholder that sends the cursor, {next_cursor} or"
                + " {offset}, in 'url', a header or 'body'.");
    assertThat(
            Options.problem(
                "url", "https://h/data", "offsetType", "cursor", "offsetField", "header:X-Next"))
        .isEqualTo(
            "'offsetType'='cursor' needs a placeholder that sends the cursor, {offset}, in 'url', a"
                + " header or 'body'.");
    assertThat(
            Options.problems(
                "url", "https://h/data",
                "offsetType", "cursor",
                "offsetField", "next_cursor",
                "body", "{\"after\": {next_cursor}}"))
        .isEmpty();
    assertThat(
            Options.problems(
                "url", "https://h/data",
                "offsetType", "cursor",
                "offsetField", "next_cursor",
                "header.X-After", "{offset}"))
        .isEmpty();
  }

  @Test
  void pageTokenIsSentSomewhere() {
    assertThat(Options.problem("pagination", "cursor"))
        .isEqualTo(
            "'pagination'='cursor' needs a placeholder that sends the token, {next_cursor} or"
                + " {pageToken}, in 'url', a header or 'body'.");
    assertThat(Options.problem("pagination", "cursor", "nextField", "header:X-Next"))
        .isEqualTo(
            "'pagination'='cursor' needs a placeholder that sends the token, {pageToken}, in 'url', a"
                + " header or 'body'.");
  }
}
