package io.reststream.core.page;

import io.reststream.core.config.PageSettings;
import io.reststream.core.config.PaginationStyle;
import io.reststream.core.json.ContradictionException;
import io.reststream.core.json.ScannedPage;
import io.reststream.core.json.ScannedPage.OwnField;
import io.reststream.core.json.ShapeException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a page is the last of its cycle, by what the options name. Any rule ends a cycle.
 *
 * @param settings the rules
 */
public record EndRules(PageSettings settings) {

  /**
   * What a response says beside its records.
   *
   * @param more whether there is more; null where it does not say
   * @param total how many records there are; null where it does not say
   * @param totalPages how many pages there are; null where it does not say
   */
  public record Said(
      @Nullable OwnField more, @Nullable OwnField total, @Nullable OwnField totalPages) {
    /** Whether it says that there is more. */
    public boolean isMore() {
      return more != null && !isFalse(more);
    }

    private static boolean isFalse(OwnField field) {
      String text = field.text();
      return field.empty()
          || (text != null && (text.trim().equalsIgnoreCase("false") || text.trim().equals("0")));
    }
  }

  /**
   * Whether no page follows.
   *
   * @param token what the page was asked with; null for a cycle's first page
   * @param walked how far the cycle has come with it
   * @throws ShapeException if a number of records or pages is none, or cannot be
   */
  public boolean isEnd(ScannedPage page, Said said, @Nullable String token, Walked walked)
      throws ShapeException {
    PageSettings.EndSettings ends = settings.ends();
    return page.isLast()
        || (ends.more() != null && !said.isMore())
        || (ends.fullPage() != null && page.size() < ends.fullPage())
        || allRecordsCame(page, said.total(), token, walked)
        || allPagesCame(said.totalPages(), walked);
  }

  private boolean allRecordsCame(
      ScannedPage page, @Nullable OwnField field, @Nullable String token, Walked walked)
      throws ShapeException {
    if (field == null || field.text() == null) {
      return false;
    }
    long total = number(field, "totalField", settings.ends().total());
    if (total < page.size()) {
      throw new ContradictionException(
          "has %d records, but only %d in all by the field '%s' (option 'totalField')"
              .formatted(page.size(), total, settings.ends().total()));
    }
    // Fewer than came so far: the feed has shrunk, or this counts something else. An end by
    // another rule is sure.
    return total == passed(page, token, walked);
  }

  /** Where records are counted in steps, pages may overlap: as many as the counting has passed. */
  private long passed(ScannedPage page, @Nullable String token, Walked walked) {
    if (settings.style() != PaginationStyle.OFFSET_LIMIT || settings.step() == null) {
      return walked.records();
    }
    int first = settings.first() == null ? 0 : settings.first();
    return (token == null ? 0 : Long.parseLong(token) - first) + page.size();
  }

  private boolean allPagesCame(@Nullable OwnField field, Walked walked) throws ShapeException {
    if (field == null || field.text() == null) {
      return false;
    }
    return walked.pages() >= number(field, "totalPagesField", settings.ends().totalPages());
  }

  private static long number(OwnField field, String option, @Nullable Object name)
      throws ShapeException {
    try {
      return new BigDecimal(String.valueOf(field.text()).trim()).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new ShapeException(
          "has '%s' in the field '%s' (option '%s'), but a whole number was expected"
              .formatted(shown(field.text()), name, option),
          e);
    }
  }

  private static String shown(@Nullable String text) {
    String all = String.valueOf(text);
    return all.length() <= 40 ? all : all.substring(0, 40) + "...";
  }
}
