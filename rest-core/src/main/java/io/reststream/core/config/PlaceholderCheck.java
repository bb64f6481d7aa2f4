package io.reststream.core.config;

import io.reststream.core.ReadMode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds placeholders that nothing fills, or two things, and values that nothing sends. */
final class PlaceholderCheck {
  /** The placeholder that always is the offset. */
  static final String OFFSET = "offset";

  /** The placeholder that always is the page token. */
  static final String PAGE_TOKEN = "pageToken";

  private final Set<String> names;
  private final OffsetSettings offset;
  private final PageSettings page;
  private final List<String> columns;
  private final ConfigProblems problems;

  PlaceholderCheck(
      Set<String> names,
      OffsetSettings offset,
      PageSettings page,
      List<String> columns,
      ConfigProblems problems) {
    this.names = names;
    this.offset = offset;
    this.page = page;
    this.columns = columns;
    this.problems = problems;
  }

  /**
   * Adds what is wrong.
   *
   * @param fieldGiven whether {@code offsetField} was given, rather than its default
   */
  void check(ReadMode mode, boolean fieldGiven) {
    Set<String> reserved = new LinkedHashSet<>();
    reserved.add(OFFSET);
    if (mode == ReadMode.STREAM || fieldGiven) {
      reserved.add(offset.field().name());
    }
    boolean paged = page.style() == PaginationStyle.CURSOR;
    if (paged) {
      reserved.add(PAGE_TOKEN);
      reserved.add(page.next().name());
    }
    for (String column : columns) {
      if (reserved.contains(column) && names.contains(column)) {
        problems.add(
            "The placeholder '{%s}' is both a column of 'inputData' and the name of the offset or"
                + " the page token; rename the column, or use {offset} or {pageToken}.",
            column);
      }
    }
    Set<String> filled = new LinkedHashSet<>(reserved);
    filled.add(offset.field().name());
    filled.addAll(columns);
    filled.removeIf(name -> !UnwritableNames.isWritable(name));
    names.stream()
        .filter(name -> !filled.contains(name))
        .forEach(name -> addUnfilled(name, filled));
    if (offset.type() == OffsetType.CURSOR && offset.tracked() && !offset.sent()) {
      addUnsent("'offsetType'='cursor'", "the cursor", offset.field().name(), OFFSET);
    }
    if (paged && !names.contains(PAGE_TOKEN) && !names.contains(page.next().name())) {
      addUnsent("'pagination'='cursor'", "the token", page.next().name(), PAGE_TOKEN);
    }
  }

  private void addUnfilled(String name, Set<String> filled) {
    problems.add(
        "Nothing fills the placeholder '{%s}'; there is %s.%s",
        name,
        filled.stream().map(known -> "{" + known + "}").collect(Collectors.joining(", ")),
        Keys.nearest(name, filled).map(near -> " Did you mean {%s}?".formatted(near)).orElse(""));
  }

  private void addUnsent(String option, String what, String field, String alias) {
    problems.add(
        "%s needs a placeholder that sends %s, %s{%s}, in 'url', a header or 'body'.",
        option,
        what,
        UnwritableNames.isWritable(field) && !field.equals(alias)
            ? "{%s} or ".formatted(field)
            : "",
        alias);
  }
}
