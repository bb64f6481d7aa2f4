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

  /** The placeholder that is the number of a page. */
  static final String PAGE = "page";

  /** The placeholder that is the number of records before a page. */
  static final String PAGE_OFFSET = "pageOffset";

  /** The placeholder that is the option {@code pageSize}. */
  static final String PAGE_SIZE = "pageSize";

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
    reserved.addAll(page.tokenNames());
    if (offset.pageSize() != null) {
      reserved.add(PAGE_SIZE);
    } else if (names.contains(PAGE_SIZE) && !columns.contains(PAGE_SIZE)) {
      problems.add("The placeholder '{pageSize}' needs the option 'pageSize', which is not set.");
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
    filled.addAll(BuiltIns.NAMES);
    filled.removeIf(name -> !UnwritableNames.isWritable(name));
    names.stream()
        .filter(name -> !filled.contains(name) && !name.equals(PAGE_SIZE))
        .forEach(name -> addUnfilled(name, filled));
    if (offset.type() == OffsetType.CURSOR && offset.tracked() && !offset.sent()) {
      addUnsent("'offsetType'='cursor'", "the cursor", offset.field().name(), OFFSET);
    }
    Set<String> tokenNames = page.tokenNames();
    if (!tokenNames.isEmpty() && tokenNames.stream().noneMatch(names::contains)) {
      String field = tokenNames.stream().skip(1).findFirst().orElse(PAGE_TOKEN);
      addUnsent("'pagination'='%s'".formatted(page.style()), what(page.style()), field, PAGE_TOKEN);
    }
  }

  private static String what(PaginationStyle style) {
    return switch (style) {
      case PAGE_NUMBER -> "the page's number";
      case OFFSET_LIMIT -> "the number of records before the page";
      case NONE, NEXT_URL, LINK_HEADER, CURSOR, LAST_RECORD -> "the token";
    };
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
