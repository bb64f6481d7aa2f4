package io.reststream.core.page;

import io.reststream.core.config.PageSettings;
import io.reststream.core.json.ShapeException;
import org.jspecify.annotations.Nullable;

/** How the next page of a cycle is asked for: what its token is, and what the token means. */
public sealed interface Pagination
    permits Unpaged, NextUrl, Cursor, PageNumber, OffsetLimit, LastRecord {

  /**
   * The style that the options name.
   *
   * @param pageSize how many records a full page has; null if nobody says
   * @param links reads the addresses that responses hold
   */
  static Pagination of(PageSettings settings, @Nullable Integer pageSize, NextAddress links) {
    int first = settings.first() == null ? 0 : settings.first();
    return switch (settings.style()) {
      case NONE -> new Unpaged();
      case NEXT_URL, LINK_HEADER -> new NextUrl(links);
      case CURSOR -> new Cursor();
      case PAGE_NUMBER ->
          new PageNumber(first, settings.step() == null ? 1 : settings.step(), pageSize);
      case OFFSET_LIMIT -> new OffsetLimit(first, settings.step());
      case LAST_RECORD -> new LastRecord(settings.recordFields(), pageSize);
    };
  }

  /**
   * The token of the page that follows one which no rule has called the last.
   *
   * @return the token; null at the end
   * @throws ShapeException if there can be none
   */
  @Nullable String next(PageTurn turn) throws ShapeException;

  /** What the first page of a cycle is asked with; null for nothing. */
  default @Nullable String first() {
    return null;
  }

  /** What a placeholder sends for a token. */
  default Object sent(String token) {
    return token;
  }

  /** Whether the token is the address of the next request, in place of the template. */
  default boolean isAddress() {
    return false;
  }

  /**
   * Whether no page so far can have left room that was filled after it was read, and that the next
   * page passes over. Only counted pages are so filled up.
   *
   * @param walked how far the cycle has come with them
   */
  default boolean isGapless(Walked walked) {
    return true;
  }

  /** How many of a page's records are new to the counting; all, unless pages may overlap. */
  default int counted(int records) {
    return records;
  }

  /** Whether tokens are counted up, so that inserts shift what they mean. */
  default boolean isNumbered() {
    return false;
  }
}
