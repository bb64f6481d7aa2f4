package io.reststream.core.config;

import io.reststream.core.json.Condition;
import io.reststream.core.json.FieldPath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the options say about the pages of a cycle.
 *
 * @param style how the next page is asked for
 * @param next the response's field that says so, or the fields of its last record
 * @param tokenName one more name of the token's placeholder; null for none
 * @param first the first page's number; null where nothing is counted
 * @param step how much is added for the next one; null for as many as a page has records
 * @param ends when a cycle ends, beside the end of its tokens
 */
public record PageSettings(
    PaginationStyle style,
    NextFields next,
    @Nullable String tokenName,
    @Nullable Integer first,
    @Nullable Integer step,
    EndSettings ends) {

  /**
   * When a cycle ends, beside the end of its tokens.
   *
   * @param more the field that says if there is more; null for none
   * @param when conditions, each of which says that there is no more
   * @param total the field of the number of records; null for none
   * @param totalPages the field of the number of pages; null for none
   * @param fullPage how many records a page has that is not the last; null where that says nothing
   */
  public record EndSettings(
      @Nullable ResponseField more,
      List<Condition> when,
      @Nullable ResponseField total,
      @Nullable ResponseField totalPages,
      @Nullable Integer fullPage) {
    /** No rules. */
    public static final EndSettings NONE = new EndSettings(null, List.of(), null, null, null);
  }

  /** A style with the field that it reads, and nothing else. */
  public static PageSettings of(PaginationStyle style, String next) {
    return new PageSettings(
        style, NextFields.parse(next), null, firstOf(style, null), null, EndSettings.NONE);
  }

  static @Nullable PageSettings of(Map<String, Object> values) {
    PaginationStyle style = (PaginationStyle) values.get(RestOptions.PAGINATION.key());
    if (style == null) {
      return null;
    }
    NextFields next = (NextFields) values.get(RestOptions.NEXT_FIELD.key());
    String usual =
        switch (style) {
          case CURSOR -> "next_cursor";
          case LINK_HEADER -> "link:next";
          case LAST_RECORD -> "id";
          case NONE, NEXT_URL, PAGE_NUMBER, OFFSET_LIMIT -> "next";
        };
    @SuppressWarnings("unchecked")
    List<Condition> when = (List<Condition>) values.get(PageOptions.END_WHEN.key());
    boolean shortEnds = Boolean.TRUE.equals(values.get(PageOptions.SHORT_PAGE_ENDS.key()));
    return new PageSettings(
        style,
        next == null ? NextFields.parse(usual) : next,
        (String) values.get(PageOptions.PAGE_TOKEN_NAME.key()),
        firstOf(style, (Integer) values.get(PageOptions.FIRST_PAGE.key())),
        (Integer) values.get(PageOptions.PAGE_STEP.key()),
        new EndSettings(
            (ResponseField) values.get(PageOptions.HAS_MORE_FIELD.key()),
            when == null ? List.of() : when,
            (ResponseField) values.get(PageOptions.TOTAL_FIELD.key()),
            (ResponseField) values.get(PageOptions.TOTAL_PAGES_FIELD.key()),
            shortEnds ? (Integer) values.get(RestOptions.PAGE_SIZE.key()) : null));
  }

  private static @Nullable Integer firstOf(PaginationStyle style, @Nullable Integer given) {
    int usual = style == PaginationStyle.PAGE_NUMBER ? 1 : 0;
    return style.isNumbered() ? (Integer) (given == null ? usual : given) : null;
  }

  /** Whether the pages of a cycle have tokens. */
  public boolean isPaged() {
    return style != PaginationStyle.NONE;
  }

  /** The response's field that leads on; null where none does. */
  public @Nullable ResponseField nextField() {
    return switch (style) {
      case NEXT_URL, LINK_HEADER, CURSOR -> next.first();
      case NONE, PAGE_NUMBER, OFFSET_LIMIT, LAST_RECORD -> null;
    };
  }

  /** Whether the body alone says if there is a next page. */
  public boolean isReadFromBody() {
    return Stream.of(nextField(), ends.more(), ends.total(), ends.totalPages())
        .allMatch(field -> field == null || field instanceof ResponseField.Body);
  }

  /** The fields of a page's last record that lead on; none where something else does. */
  public List<FieldPath> recordFields() {
    return style == PaginationStyle.LAST_RECORD ? next.paths() : List.of();
  }

  /** The names of the placeholders that send the token; none where no placeholder does. */
  public Set<String> tokenNames() {
    Set<String> names = new LinkedHashSet<>();
    if (!isPaged() || style.isAddress()) {
      return names;
    }
    names.add(PlaceholderCheck.PAGE_TOKEN);
    switch (style) {
      case CURSOR -> names.add(next.first().name());
      case PAGE_NUMBER -> names.add(PlaceholderCheck.PAGE);
      case OFFSET_LIMIT -> names.add(PlaceholderCheck.PAGE_OFFSET);
      case NONE, NEXT_URL, LINK_HEADER, LAST_RECORD -> {}
    }
    if (tokenName != null) {
      names.add(tokenName);
    }
    return names;
  }
}
