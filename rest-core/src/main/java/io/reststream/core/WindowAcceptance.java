package io.reststream.core;

import io.reststream.core.PageRules.Accepted;
import io.reststream.core.PageRules.Answer;
import io.reststream.core.PageRules.Paging;
import io.reststream.core.config.OffsetSettings;
import io.reststream.core.json.ContradictionException;
import io.reststream.core.json.ScannedPage;
import io.reststream.core.json.ShapeException;
import io.reststream.core.offset.BoundaryKeys;
import io.reststream.core.offset.OffsetValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One page of a window being judged; used once. Every record that the API answers is the window's,
 * save those at its start that the window before it had too.
 */
final class WindowAcceptance {
  private static final String TOO_FULL =
      "A window was answered with as many records as 'windowCap' (%d) says: it is asked for again in halves, and later ones are shorter; a smaller 'windowSize' saves these requests";

  private final OffsetSettings settings;
  private final Windows windows;
  private final boolean overlapping;
  private final Position position;
  private final Window window;
  private final Instant end;
  private final Instant line;
  private final ScannedPage page;
  private final Answer answer;
  private final Cycle cycle;
  private final @Nullable String token;
  private final @Nullable OffsetValue[] times;
  private final PageKeys keys;
  private final List<String> warnings = new ArrayList<>();

  WindowAcceptance(
      OffsetSettings settings,
      Paging paging,
      Windows windows,
      Position position,
      ScannedPage page,
      Answer answer) {
    this.settings = settings;
    this.windows = windows;
    this.overlapping = paging.isOverlapping();
    this.position = position;
    this.window = Objects.requireNonNull(position.window());
    this.end = Objects.requireNonNull(window.end());
    this.line = windows.line(end);
    this.page = page;
    this.answer = answer;
    this.cycle = position.cycle() == null ? Cycle.NEW : position.cycle();
    this.token =
        answer.token() == null || answer.token().equals(cycle.token()) ? null : answer.token();
    this.times = new OffsetValue[page.size()];
    this.keys = new PageKeys(settings, paging, position.keys(), page, index -> times[index]);
  }

  Accepted run() throws ShapeException {
    if (token != null && cycle.circle().closes(token)) {
      throw new ContradictionException(
          "leads to a page that came before: the API pages in a circle, and the cycle would never end");
    }
    readTimes();
    Integer cap = windows.cap();
    long records = window.records() + page.size();
    if (cap != null && records >= cap) {
      return halved(records, cap);
    }
    sortOut();
    return token == null ? ended(records) : goesOn(records);
  }

  private void readTimes() throws ShapeException {
    if (!settings.tracked()) {
      return;
    }
    Position.Source unused = Sources.resolve(settings, position, page, null);
    for (int i = 0; i < page.size(); i++) {
      OffsetValue value = Objects.requireNonNull(page.value(i));
      times[i] =
          value
              .time()
              .map(OffsetValue::of)
              .orElseThrow(
                  () ->
                      new ShapeException(
                          "has '%s' in the field '%s' (option 'offsetField'), which with windows must be a time"
                              .formatted(value.text(), settings.field().name())));
    }
  }

  /** The window may have more records than the API tells: nothing of this page counts. */
  private Accepted halved(long records, int cap) throws ShapeException {
    Window half = windows.half(window);
    if (half == null) {
      throw new ContradictionException(
          "has record %d of the window from %s to %s, but 'windowCap' is %d, and a window cannot be shorter than %s ms; what it does not tell would be lost"
              .formatted(records, window.start(), end, cap, windows.unit().toMillis()));
    }
    warnings.add(TOO_FULL.formatted(cap));
    return accepted(position.keys().unseen(), null, half);
  }

  /** Finds the new records: those that are not known from the window before. */
  private void sortOut() throws ShapeException {
    for (int i = 0; i < page.size(); i++) {
      if (!keys.see(i)) {
        keys.deliver(i);
      }
    }
  }

  /** Whether a record may be answered again by a later window. */
  private boolean isAtTheEdge(@Nullable OffsetValue time) {
    return time == null || !time.time().orElseThrow().isBefore(line);
  }

  /**
   * The window has more pages. The keys of all that it delivered are kept, in case that it begins
   * again or is halved; if they are too many, those of its edge, unless its pages shift or overlap.
   */
  private Accepted goesOn(long records) throws ShapeException {
    boolean all = windows.cap() != null || overlapping;
    Predicate<@Nullable OffsetValue> needed = time -> all || isAtTheEdge(time);
    Cycle next = cycle.after(token, page.size() == 0, keys.freshSize() > 0, answer.walked());
    BoundaryKeys kept = keys.with(time -> cycle.complete() || needed.test(time));
    if (kept.size() > settings.maxKeys() && cycle.complete()) {
      kept = kept.keep(entry -> entry.seen() < entry.delivered() || needed.test(entry.value()));
      next = next.incomplete();
    }
    return accepted(capped(kept), next, window.withRecords(records));
  }

  /** The window was read; what may come again in the next one is kept. */
  private Accepted ended(long records) throws ShapeException {
    boolean all = windows.mayAllComeAgain(window);
    BoundaryKeys kept =
        keys.with(time -> all || isAtTheEdge(time))
            .keep(
                entry ->
                    all || (entry.value() == null ? entry.seen() > 0 : isAtTheEdge(entry.value())))
            .unseen();
    return accepted(
        capped(kept), null, windows.after(window.withRecords(records), answer.askedAt()));
  }

  private BoundaryKeys capped(BoundaryKeys kept) throws ShapeException {
    if (kept.size() > settings.maxKeys()) {
      throw new ContradictionException(
          "brings the delivered records that may come again to %d, but 'maxKeys' is %d; set 'offsetField' if the records have a time, choose a smaller 'windowSize', or raise 'maxKeys'"
              .formatted(kept.size(), settings.maxKeys()));
    }
    return kept;
  }

  private Accepted accepted(BoundaryKeys kept, @Nullable Cycle next, Window nextWindow) {
    Position after =
        new Position(
                position.fingerprint(),
                position.source(),
                position.offset(),
                position.floor(),
                kept,
                next,
                position.cycle() == null ? answer.askedAt() : position.started(),
                answer.askedAt())
            .with(nextWindow);
    return new Accepted(after, window.edge() ? new int[0] : keys.fresh(), warnings);
  }
}
