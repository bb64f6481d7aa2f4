package io.reststream.core;

import io.reststream.core.config.OffsetSettings;
import io.reststream.core.config.Order;
import io.reststream.core.json.ContradictionException;
import io.reststream.core.json.ScannedPage;
import io.reststream.core.json.ShapeException;
import io.reststream.core.offset.Largest;
import io.reststream.core.offset.OffsetValue;
import io.reststream.core.offset.OrderSeen;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What order a cycle's records have: as declared, or as 16 of them have shown. */
final class Orders {

  /**
   * How many records must have come in an inferred order before the keys of what it makes needless
   * are let go: if it proves wrong by then, what comes again is recognised.
   */
  private static final int DOUBTED = 2_000;

  private static final String FORGOTTEN =
      " (this cycle no longer knows its first records, which may come again)";

  /**
   * What a page showed.
   *
   * @param seen the order of the cycle so far
   * @param ascending whether it may be relied on that records come in ascending order
   */
  record Judged(OrderSeen seen, boolean ascending) {

    /** Whether it may still turn out that the records only seemed to have an order. */
    boolean isDoubted() {
      return seen.records() <= DOUBTED;
    }
  }

  private Orders() {}

  static boolean ascending(OffsetSettings settings, OrderSeen seen) {
    return settings.order() == null ? seen.inferred() : settings.order() == Order.ASCENDING;
  }

  /**
   * Looks at the records of a page.
   *
   * @param cycle what earlier pages of the cycle showed
   * @param indices those that the cycle has not sent before: the new ones, and with a lookback also
   *     those of earlier cycles
   * @throws ShapeException if they contradict an order that was relied on
   */
  static Judged judge(OffsetSettings settings, Cycle cycle, ScannedPage page, int[] indices)
      throws ShapeException {
    Order declared = settings.order();
    OrderSeen before = cycle.order();
    OffsetValue last = before.last();
    boolean ascending = before.ascending();
    long records = before.records();
    for (int index : indices) {
      OffsetValue value = Objects.requireNonNull(page.value(index));
      if (declared == Order.DESCENDING && isSince(settings, cycle, value)) {
        continue;
      }
      int step = last == null ? 0 : value.compareTo(last);
      if (declared == Order.DESCENDING && step > 0) {
        throw contradiction(settings, value, last, "is declared as 'descending'");
      }
      boolean relied = declared == Order.ASCENDING || (declared == null && before.inferred());
      if (relied && last != null && step < 0 && settings.earlier().isWithin(value, last)) {
        continue; // a late record, as announced
      }
      if (step < 0) {
        if (declared == Order.ASCENDING) {
          throw contradiction(settings, value, last, "is declared as 'ascending'");
        }
        if (declared == null && before.inferred()) {
          throw contradiction(
              settings,
              value,
              last,
              "was taken for 'ascending' after %d records; set it to 'none' if they have none%s"
                  .formatted(before.records(), cycle.complete() ? "" : FORGOTTEN));
        }
        ascending = false;
      }
      // Records that all share one value show no order: they count as one.
      boolean asBefore = records == 1 && step == 0 && last != null;
      records += asBefore ? 0 : 1;
      last = value;
    }
    OrderSeen seen = new OrderSeen(records, last, ascending);
    return new Judged(seen, ascending(settings, seen));
  }

  /**
   * Whether a later page may show a record that was published after the first one: page numbers
   * shift by as many.
   */
  private static boolean isSince(OffsetSettings settings, Cycle cycle, OffsetValue value) {
    OffsetValue newest = cycle.first().value();
    return cycle.pages() > 0
        && (newest == null
            || value.compareTo(newest) >= 0
            || settings.earlier().isWithin(value, newest));
  }

  /**
   * Warns of pages that all lie within the lookback: without an order, only the first one counts.
   */
  static void warnIfStuck(
      OffsetSettings settings,
      @Nullable OffsetValue offset,
      @Nullable OffsetValue next,
      Largest all,
      List<String> warnings) {
    OffsetValue largest = all.value();
    if (settings.earlier().lookback() != null
        && offset != null
        && largest != null
        && offset.equals(next)
        && largest.compareTo(offset) > 0) {
      warnings.add(
          "The offset stays at '%s', although records up to '%s' came: the first page lies within 'lookback', and without 'order' no later one moves the offset; set 'order' if the records have one, ask for larger pages, or shorten 'lookback'"
              .formatted(offset.text(), largest.text()));
    }
  }

  private static ContradictionException contradiction(
      OffsetSettings settings, OffsetValue value, @Nullable OffsetValue last, String reason) {
    return new ContradictionException(
        "has a record with '%s' in the field '%s' after one with '%s', but the option 'order' %s"
            .formatted(value.text(), settings.field().name(), last, reason));
  }
}
