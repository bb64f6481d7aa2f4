package io.reststream.core.config;

import io.reststream.core.json.Condition;
import java.util.List;

/** The options about how pages are counted and when a cycle of them ends. */
public final class PageOptions {
  public static final Option<String> PAGE_TOKEN_NAME =
      Option.of(
          "pageTokenName",
          OptionTypes.placeholderName(),
          "One more name of the placeholder {pageToken}, so that {&starting_after} sends the token"
              + " under the name that the API wants, and nothing on a first page.");
  public static final Option<Integer> FIRST_PAGE =
      Option.of(
          "firstPage",
          OptionTypes.integer(0),
          "The number of the first page (pageNumber; not set: 1), or of the first record"
              + " (offsetLimit; not set: 0).");
  public static final Option<Integer> PAGE_STEP =
      Option.of(
          "pageStep",
          OptionTypes.integer(1),
          "How much is added for the next page (pageNumber; not set: 1; offsetLimit; not set: as"
              + " many as the page has records).");
  public static final Option<ResponseField> HAS_MORE_FIELD =
      Option.of(
          "hasMoreField",
          OptionTypes.responseField(),
          "The response's field that says if there is more; where it is false, 0, empty, null or"
              + " absent, the cycle ends. Also header:Name.");
  public static final Option<List<Condition>> END_WHEN =
      Option.of(
          "endWhen",
          OptionTypes.conditions(),
          "Conditions, separated by commas and written as in errorWhen, each of which says that a"
              + " page is the last one of its cycle: isLast=true, end_of_stream.");
  public static final Option<ResponseField> TOTAL_FIELD =
      Option.of(
          "totalField",
          OptionTypes.responseField(),
          "The response's field that holds how many records there are in all pages; the cycle ends"
              + " with the last of them. Also header:Name.");
  public static final Option<ResponseField> TOTAL_PAGES_FIELD =
      Option.of(
          "totalPagesField",
          OptionTypes.responseField(),
          "The response's field that holds how many pages there are; the cycle ends with the last"
              + " of them. Also header:Name.");
  public static final Option<Boolean> SHORT_PAGE_ENDS =
      Option.of(
          "shortPageEnds",
          OptionTypes.bool(),
          "false",
          "Whether a page of fewer records than pageSize is the last one of its cycle. Many APIs"
              + " have short pages in the middle.");
  public static final Option<Integer> MAX_PAGES =
      Option.of(
          "maxPages",
          OptionTypes.integer(1),
          "How many pages of a cycle are asked for at once; the next ones follow an interval later,"
              + " from where it stopped. A batch read does not stop. Not set: all.");

  private PageOptions() {}
}
