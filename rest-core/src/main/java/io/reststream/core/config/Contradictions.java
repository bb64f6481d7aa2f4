package io.reststream.core.config;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds options that contradict one another, or that would do nothing next to the others. */
final class Contradictions {
  private static final List<Option<?>> OF_OFFSETS =
      List.of(
          RestOptions.OFFSET_BOUNDARY,
          RestOptions.ORDER,
          RestOptions.KEY_FIELD,
          RestOptions.MAX_KEYS,
          RestOptions.ALLOW_OFFSET_DECREASE);

  private static final String UNTRACKED = "in a batch read without 'offsetField'";

  private final Set<String> given;
  private final OffsetSettings offset;
  private final PageSettings page;
  private final ConfigProblems problems;

  Contradictions(
      Set<String> given, OffsetSettings offset, PageSettings page, ConfigProblems problems) {
    this.given = given;
    this.offset = offset;
    this.page = page;
    this.problems = problems;
  }

  /**
   * Adds what is wrong.
   *
   * @param names the placeholders of the request
   * @param windowed whether windows stand for the offset, which say what contradicts them
   */
  void check(@Nullable ResponseFormat format, Set<String> names, boolean windowed) {
    boolean pageSizeUsed =
        page.ends().fullPage() != null
            || page.style() == PaginationStyle.PAGE_NUMBER
            || names.contains(PlaceholderCheck.PAGE_SIZE);
    if (format == ResponseFormat.NDJSON) {
      checkLines();
    }
    if (windowed) {
      refuseUnusedPageSize(pageSizeUsed);
      return;
    }
    if (!offset.tracked()) {
      untracked();
      if (!pageSizeUsed) {
        refuse(RestOptions.PAGE_SIZE, UNTRACKED);
      }
      return;
    }
    if (!isOfRecords(offset.field()) && readsRecords()) {
      problems.add(
          "Option 'offsetField' must be a field of the records for 'offsetType'='%s', but was"
              + " '%s'.",
          offset.type(), offset.field());
    }
    switch (offset.type()) {
      case CURSOR -> {
        String noOrder = "for 'offsetType'='cursor': a cursor has no order";
        refuse(RestOptions.ORDER, noOrder);
        refuse(RestOptions.OFFSET_BOUNDARY, noOrder);
        refuse(RestOptions.ALLOW_OFFSET_DECREASE, noOrder);
        if (!pageSizeUsed) {
          refuse(
              RestOptions.PAGE_SIZE, "for 'offsetType'='cursor': the cursor says if there is more");
        }
        checkTwoCursors();
      }
      case TIMESTAMP -> {
        if (!isOfRecords(offset.field())) {
          String noOffsets = "for an 'offsetField' in a header: the records have no offsets";
          refuse(RestOptions.ORDER, noOffsets);
          if (!isGiven(BoundaryOptions.OFFSET_GRANULARITY)) {
            refuse(RestOptions.OFFSET_BOUNDARY, noOffsets);
          }
        }
      }
      case INCREMENTAL, MAX_FIELD ->
          refuse(
              RestOptions.ALLOW_OFFSET_DECREASE,
              "for 'offsetType'='%s': it is about a timestamp of the response"
                  .formatted(offset.type()));
    }
    if (offset.type() != OffsetType.CURSOR) {
      refuseUnusedPageSize(pageSizeUsed);
    }
  }

  private void refuseUnusedPageSize(boolean used) {
    if (page.isPaged() && !used) {
      refuse(
          RestOptions.PAGE_SIZE,
          "with 'pagination'='%s', unless {pageSize} or 'shortPageEnds' needs it"
              .formatted(page.style()));
    }
  }

  /**
   * Whether a record can have such a field: one of a body, not of an element that is looked for.
   */
  static boolean isOfRecords(ResponseField field) {
    return field instanceof ResponseField.Several
        || (field instanceof ResponseField.Body body && !body.path().selects());
  }

  /** Of a body of records, a line each, nothing beside the records can be read. */
  private void checkLines() {
    String onlyRecords = "with 'responseFormat'='ndjson': each line of a body is a record";
    refuse(RestOptions.DATA_FIELD, onlyRecords);
    refuse(RestOptions.ERROR_WHEN, onlyRecords);
    boolean cursor = offset.tracked() && offset.type() == OffsetType.CURSOR;
    if (cursor && offset.field() instanceof ResponseField.Body) {
      mustBeAHeader(RestOptions.OFFSET_FIELD, offset.field());
    }
    if (page.nextField() instanceof ResponseField.Body next) {
      mustBeAHeader(RestOptions.NEXT_FIELD, next);
    }
  }

  private void mustBeAHeader(Option<?> option, ResponseField field) {
    problems.add(
        "Option '%s' must be 'header:Name' with 'responseFormat'='ndjson', whose body holds nothing"
            + " but records, but was '%s'.",
        option.key(), field);
  }

  private boolean readsRecords() {
    return offset.type() == OffsetType.INCREMENTAL || offset.type() == OffsetType.MAX_FIELD;
  }

  private void checkTwoCursors() {
    if (page.style() == PaginationStyle.CURSOR && offset.field().equals(page.nextField())) {
      problems.add(
          "'offsetField' and 'nextField' must differ, but both were '%s': with"
              + " 'offsetType'='cursor' the cursor pages by itself.",
          offset.field());
    }
  }

  /** A batch read that keeps no offset. */
  private void untracked() {
    OF_OFFSETS.forEach(option -> refuse(option, UNTRACKED));
    if (!offset.sent()) {
      refuse(
          RestOptions.INITIAL_OFFSET,
          "in a batch read without 'offsetField' or a placeholder that sends it");
    }
  }

  private void refuse(Option<?> option, String where) {
    if (isGiven(option)) {
      problems.add("Option '%s' has no meaning %s.", option.key(), where);
    }
  }

  private boolean isGiven(Option<?> option) {
    return given.contains(option.key());
  }
}
