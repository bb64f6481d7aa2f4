package io.reststream.core.config;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds options about pages that contradict one another, or that would do nothing. */
final class PageContradictions {
  private static final List<PaginationStyle> WITH_FIELD =
      List.of(
          PaginationStyle.NEXT_URL,
          PaginationStyle.LINK_HEADER,
          PaginationStyle.CURSOR,
          PaginationStyle.LAST_RECORD);

  private final Set<String> given;
  private final OffsetSettings offset;
  private final PageSettings page;
  private final ConfigProblems problems;

  PageContradictions(
      Set<String> given, OffsetSettings offset, PageSettings page, ConfigProblems problems) {
    this.given = given;
    this.offset = offset;
    this.page = page;
    this.problems = problems;
  }

  /**
   * Adds what is wrong.
   *
   * @param windowed whether windows stand for the offset, which say what contradicts them
   */
  void check(@Nullable ResponseFormat format, boolean windowed) {
    PaginationStyle style = page.style();
    if (!WITH_FIELD.contains(style) && isGiven(RestOptions.NEXT_FIELD)) {
      problems.add(
          "Option 'nextField' needs 'pagination' to be 'nextUrl', 'linkHeader', 'cursor' or"
              + " 'lastRecord', but it was '%s'.",
          style);
    }
    checkNext(style);
    if (!style.isNumbered()) {
      needs(PageOptions.FIRST_PAGE, "'pageNumber' or 'offsetLimit'");
      needs(PageOptions.PAGE_STEP, "'pageNumber' or 'offsetLimit'");
    }
    if (style == PaginationStyle.LAST_RECORD && isGiven(PageOptions.TOTAL_FIELD)) {
      problems.add(
          "Option 'totalField' has no meaning with 'pagination'='lastRecord': records that an API"
              + " sends once more with the next page would count twice.");
    }
    if (!windowed
        && offset.field() instanceof ResponseField.Link
        && offset.type() != OffsetType.CURSOR) {
      problems.add(
          "Option 'offsetField' can be '%s' for 'offsetType'='cursor' only, but that was '%s'.",
          offset.field(), offset.type());
    }
    if (!page.isPaged()) {
      unpaged(windowed);
    } else if (style.isAddress()) {
      needs(PageOptions.PAGE_TOKEN_NAME, "one that sends a token");
    }
    checkShortPages(windowed);
    if (format == ResponseFormat.NDJSON) {
      checkLines();
    }
  }

  private void checkShortPages(boolean windowed) {
    boolean byCursor = offset.type() == OffsetType.CURSOR && !windowed;
    if (!page.isPaged() && !byCursor) {
      needsAny(PageOptions.SHORT_PAGE_ENDS);
    } else if (isGiven(PageOptions.SHORT_PAGE_ENDS) && offset.pageSize() == null) {
      problems.add("Option 'shortPageEnds' needs 'pageSize', which is not set.");
    }
  }

  private void checkNext(PaginationStyle style) {
    List<ResponseField> fields = page.next().fields();
    if (!isGiven(RestOptions.NEXT_FIELD) || !WITH_FIELD.contains(style)) {
      return;
    }
    if (style != PaginationStyle.LAST_RECORD) {
      if (fields.size() > 1) {
        problems.add(
            "Option 'nextField' must be one field with 'pagination'='%s', but was '%s'.",
            style, page.next());
      }
      if (style == PaginationStyle.LINK_HEADER && !(fields.get(0) instanceof ResponseField.Link)) {
        problems.add(
            "Option 'nextField' must be 'link:' and a relation such as 'link:next' with"
                + " 'pagination'='linkHeader', but was '%s'.",
            page.next());
      }
    } else if (fields.stream()
        .anyMatch(f -> !(f instanceof ResponseField.Body body) || body.path().selects())) {
      problems.add(
          "Option 'nextField' must name fields of a record with 'pagination'='lastRecord', but was"
              + " '%s'.",
          page.next());
    }
  }

  /** What a read without pages can still be told: whether there is more behind an offset. */
  private void unpaged(boolean windowed) {
    needsAny(PageOptions.PAGE_TOKEN_NAME);
    needsAny(PageOptions.TOTAL_FIELD);
    needsAny(PageOptions.TOTAL_PAGES_FIELD);
    if (!offset.tracked() || windowed) {
      needsAny(PageOptions.HAS_MORE_FIELD);
      needsAny(PageOptions.END_WHEN);
      needsAny(PageOptions.MAX_PAGES);
    }
  }

  private void needsAny(Option<?> option) {
    if (isGiven(option)) {
      problems.add("Option '%s' needs 'pagination', but it was 'none'.", option.key());
    }
  }

  private void needs(Option<?> option, String styles) {
    if (isGiven(option)) {
      problems.add(
          "Option '%s' needs 'pagination' to be %s, but it was '%s'.",
          option.key(), styles, page.style());
    }
  }

  /** Of a body of records, a line each, nothing beside the records can be read. */
  private void checkLines() {
    PageSettings.EndSettings ends = page.ends();
    mustBeAHeader(PageOptions.HAS_MORE_FIELD, ends.more());
    mustBeAHeader(PageOptions.TOTAL_FIELD, ends.total());
    mustBeAHeader(PageOptions.TOTAL_PAGES_FIELD, ends.totalPages());
    if (isGiven(PageOptions.END_WHEN)) {
      problems.add(
          "Option 'endWhen' has no meaning with 'responseFormat'='ndjson': each line of a body is a"
              + " record.");
    }
  }

  private void mustBeAHeader(Option<?> option, @Nullable ResponseField field) {
    if (field instanceof ResponseField.Body) {
      problems.add(
          "Option '%s' must be 'header:Name' with 'responseFormat'='ndjson', whose body holds nothing"
              + " but records, but was '%s'.",
          option.key(), field);
    }
  }

  private boolean isGiven(Option<?> option) {
    return given.contains(option.key());
  }
}
