package io.reststream.core;

import io.reststream.core.PageRules.Accepted;
import io.reststream.core.PageRules.Answer;
import io.reststream.core.PageRules.Paging;
import io.reststream.core.Position.Source;
import io.reststream.core.config.OffsetSettings;
import io.reststream.core.config.OffsetType;
import io.reststream.core.config.Order;
import io.reststream.core.json.ContradictionException;
import io.reststream.core.json.ScannedPage;
import io.reststream.core.json.ShapeException;
import io.reststream.core.offset.BoundaryKeys;
import io.reststream.core.offset.Largest;
import io.reststream.core.offset.OffsetValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One page being judged by the {@link PageRules}; used once. */
final class Acceptance {
  private final OffsetSettings settings;
  private final boolean paged;
  private final boolean numbered;
  private final boolean afterRecords;
  private final Position position;
  private final ScannedPage page;
  private final Answer answer;
  private final Cycle cycle;
  private final @Nullable String token;
  private final PageKeys keys;
  private final List<String> warnings = new ArrayList<>();
  private @Nullable Source source;
  private final int[] ordered;
  private int orderedSize;

  Acceptance(
      OffsetSettings settings, Paging paging, Position position, ScannedPage page, Answer answer) {
    this.settings = settings;
    this.paged = paging != Paging.NONE;
    this.numbered = paging == Paging.NUMBERS;
    this.afterRecords = paging == Paging.RECORDS;
    this.position = position;
    this.page = page;
    this.answer = answer;
    this.cycle = position.cycle() == null ? Cycle.NEW : position.cycle();
    this.token =
        answer.token() == null || answer.token().equals(cycle.token()) ? null : answer.token();
    this.keys = new PageKeys(settings, paging, position.keys(), page, this::value);
    this.ordered = new int[page.size()];
  }

  Accepted run() throws ShapeException {
    if (token != null && cycle.circle().closes(token)) {
      throw new ContradictionException(
          "leads to a page that came before: the API pages in a circle, and the cycle would never"
              + " end");
    }
    if (!settings.tracked()) {
      return untracked();
    }
    source = Sources.resolve(settings, position, page, answer.offset());
    if (settings.type() == OffsetType.CURSOR) {
      return cursor();
    }
    return source == Source.RESPONSE ? response() : records();
  }

  /** A batch read that keeps no offset: every record is new, and only a token leads on. */
  private Accepted untracked() {
    for (int i = 0; i < page.size(); i++) {
      keys.deliver(i);
    }
    return token == null
        ? ended(position.offset(), BoundaryKeys.NONE)
        : goesOn(BoundaryKeys.NONE, following().incomplete());
  }

  /** The offset is a cursor: it moves with every page, or, where pages have tokens, at the end. */
  private Accepted cursor() throws ShapeException {
    sortOut(null);
    OffsetValue moved = movedCursor();
    OffsetValue latest = moved == null ? cycle.response() : moved;
    if (token != null) {
      if (moved != null) {
        keys.pass();
      }
      return goesOnKeeping(value -> false, following().withResponse(latest), latest);
    }
    if (moved == null) {
      if (!cycle.complete()) {
        throw new ContradictionException(
            "has no cursor at the end of a cycle of more records than 'maxKeys' (%d), which will come again; raise 'maxKeys'"
                .formatted(settings.maxKeys()));
      }
      return latest == null
          ? ended(position.offset(), keysOfTheCycle())
          : ended(latest, capped(keys.with(value -> true).behindTheCursor()));
    }
    // A tail page may come again in smaller pieces, of which this one is the first.
    BoundaryKeys awaited = keys.counted().awaited();
    boolean more = answer.more() == null ? keys.freshSize() > 0 : answer.more();
    return paged || !more ? ended(moved, awaited) : movesOn(moved, moved, awaited);
  }

  /** The page's cursor; null where it is absent, null, empty or the one that was sent. */
  private @Nullable OffsetValue movedCursor() {
    ScannedPage.Scalar scalar = answer.offset();
    String sent = position.offset() == null ? settings.initial() : position.offset().text();
    return scalar == null || scalar.text().isEmpty() || scalar.text().equals(sent)
        ? null
        : OffsetValue.opaque(scalar.text());
  }

  /** The offset is the response's timestamp, as the cycle's first page has it. */
  private Accepted response() throws ShapeException {
    sortOut(null);
    OffsetValue own = Sources.own(settings, position, page, answer.offset());
    OffsetValue first = paged && cycle.pages() > 0 ? cycle.response() : own;
    if (token != null) {
      return goesOn(capped(keys.with(value -> true)), following().withResponse(first));
    }
    OffsetValue offset = position.offset();
    OffsetValue sent = first == null ? offset : Sources.sent(settings, position, first.kind());
    boolean decreased = first != null && sent != null && first.compareTo(sent) < 0;
    OffsetValue next = first == null || (decreased && !settings.decreases()) ? offset : first;
    BoundaryKeys ofTheCycle = keysOfTheCycle();
    if (!paged && !settings.earlier().isNone()) {
      FullPages.checkWindow(settings, page, answer.full(), keys.freshSize(), warnings);
    }
    return next != null && leadsOn(next)
        ? movesOn(next, next, ofTheCycle)
        : ended(next, ofTheCycle);
  }

  /** The offset is the largest value over the records. */
  private Accepted records() throws ShapeException {
    OffsetValue floor = Sources.floor(settings, paged, position, page);
    sortOut(floor);
    Orders.Judged order =
        Orders.judge(
            settings, paged ? cycle : Cycle.NEW, page, Arrays.copyOf(ordered, orderedSize));
    // What was added to a counted page after it was read is passed over: it is for the next cycle.
    Largest all =
        answer.gapless()
            ? withThisPage(paged ? cycle.all() : Largest.NONE, floor, Largest::with)
            : cycle.all();
    Largest first =
        paged && cycle.pages() > 0 ? withThisPage(cycle.first(), floor, Largest::withSmaller) : all;
    OffsetValue next = Lines.next(settings, position.offset(), order.ascending() ? all : first);
    OffsetValue line = Floors.after(settings, position, next);
    if (token != null && !metDelivered(floor)) {
      return goesOnOverRecords(line, order, first, all);
    }
    OffsetValue onwards = next == null ? null : onwards(next, all, floor);
    if (!paged) {
      boolean again = settings.earlier().granularity() != null && onwards == null;
      FullPages.check(settings, page, answer.full(), keys.freshSize(), floor, again, warnings);
    } else if (keys.freshSize() > 0 || cycle.delivered()) {
      Orders.warnIfStuck(settings, position.offset(), next, all, warnings);
    }
    BoundaryKeys left =
        capped(
            keys.with(value -> atOrAbove(value, line))
                .keep(entry -> atOrAbove(entry.value(), line))
                .unseen());
    return next != null && onwards != null ? movesOn(next, onwards, left) : ended(next, left);
  }

  /** The lowest value of the page, or one that is lower. */
  private OffsetValue lowest(OffsetValue line) {
    OffsetValue lowest = line;
    for (int i = 0; i < page.size(); i++) {
      OffsetValue value = page.value(i);
      lowest = value != null && value.compareTo(lowest) < 0 ? value : lowest;
    }
    return lowest;
  }

  /** Whether a newest-first feed has come down to what was delivered: the rest was, too. */
  private boolean metDelivered(@Nullable OffsetValue floor) {
    OffsetValue last = page.size() == 0 ? null : page.value(page.size() - 1);
    return settings.order() == Order.DESCENDING && last != null && !atOrAbove(last, floor);
  }

  /** Without pagination: what the cycle goes on with; null at its end. */
  private @Nullable OffsetValue onwards(
      OffsetValue next, Largest all, @Nullable OffsetValue floor) {
    if (settings.earlier().isNone()) {
      return leadsOn(next) ? next : null;
    }
    boolean more = !paged && settings.sent() && answer.full();
    return more ? Floors.onwards(settings, all, floor, keys.freshSize() > 0) : null;
  }

  /**
   * In the middle of a cycle: the keys at and above the line are needed by the next cycle, those
   * below it only if this one has to begin again.
   */
  private Accepted goesOnOverRecords(
      @Nullable OffsetValue floor, Orders.Judged order, Largest first, Largest all)
      throws ShapeException {
    Cycle next = following().withRecords(first, all, order.seen());
    OffsetValue line = floor == null ? null : Lines.kept(order.ascending() ? all : first, floor);
    OffsetValue forgotten = settings.earlier().isNone() ? next.response() : floor;
    if (order.ascending()) {
      // Pages that are counted in steps may send again what the one before them held.
      OffsetValue from = numbered && line != null ? lowest(line) : line;
      boolean inferred = settings.order() == null;
      boolean doubted = inferred && cycle.complete() && order.isDoubted();
      BoundaryKeys kept = keys.with(value -> doubted || atOrAbove(value, from));
      if (doubted && kept.size() <= settings.maxKeys()) {
        return goesOn(kept, next);
      }
      BoundaryKeys fewer = kept.keep(entry -> atOrAbove(entry.value(), from));
      Cycle forgetful = inferred ? next.incomplete() : next;
      return goesOn(capped(fewer), forgetful.withResponse(forgotten));
    }
    OffsetValue lowest = next.order().last();
    boolean passed = settings.order() == Order.DESCENDING;
    OffsetValue last = page.size() == 0 ? null : page.value(page.size() - 1);
    return goesOnKeeping(
        value ->
            atOrAbove(value, line)
                || (passed && !isAbove(value, lowest))
                || (afterRecords && value != null && value.equals(last)),
        next,
        forgotten);
  }

  /**
   * The cycle goes on with the keys that the next one needs, and, as long as they are not too many,
   * those of all that it delivered, in case that it has to begin again.
   *
   * @param forgotten what the cycle remembers as {@link Cycle#response} once keys are gone
   */
  private Accepted goesOnKeeping(
      Predicate<@Nullable OffsetValue> needed, Cycle next, @Nullable OffsetValue forgotten)
      throws ShapeException {
    // What numbered pages send again may be any record, unless what is between can be told by
    // value.
    boolean allNeeded = numbered && settings.order() != Order.DESCENDING;
    BoundaryKeys all = keys.with(value -> cycle.complete() || allNeeded || needed.test(value));
    boolean pruned = !cycle.complete() && !numbered && settings.order() != Order.DESCENDING;
    if ((all.size() <= settings.maxKeys() && cycle.complete()) || allNeeded || pruned) {
      return goesOn(capped(all), pruned ? next.withResponse(forgotten) : next);
    }
    BoundaryKeys fewer =
        all.keep(entry -> entry.seen() < entry.delivered() || needed.test(entry.value()));
    return goesOn(capped(fewer), next.incomplete().withResponse(forgotten));
  }

  /** Without pagination: whether asking at once with the new offset can give more. */
  private boolean leadsOn(OffsetValue next) {
    boolean moved = !next.equals(position.offset());
    return !paged && settings.sent() && answer.full() && keys.freshSize() > 0 && moved;
  }

  private Largest withThisPage(
      Largest largest, @Nullable OffsetValue floor, BiFunction<Largest, OffsetValue, Largest> add) {
    Largest with = largest;
    for (int i = 0; i < page.size(); i++) {
      OffsetValue value = page.value(i);
      if (value != null && atOrAbove(value, floor)) {
        with = add.apply(with, value);
      }
    }
    return with;
  }

  private static boolean atOrAbove(@Nullable OffsetValue value, @Nullable OffsetValue line) {
    return line == null || value == null || value.compareTo(line) >= 0;
  }

  /** Finds the new records: not below the floor, and not known. */
  private void sortOut(@Nullable OffsetValue floor) throws ShapeException {
    for (int i = 0; i < page.size(); i++) {
      OffsetValue value = value(i);
      if (floor != null && value != null && value.compareTo(floor) < 0) {
        continue;
      }
      boolean between = isBetween(value);
      boolean known = between || keys.see(i);
      if (!known) {
        keys.deliver(i);
      }
      // What came twice within the cycle says nothing about its order.
      if (!known || (!between && !settings.earlier().isNone() && keys.isFirst(i))) {
        ordered[orderedSize++] = i;
      }
    }
  }

  /**
   * Whether a newest-first cycle, too long for its keys, has passed this value: pages that shift,
   * or a cycle that begins again, send it again.
   */
  private boolean isBetween(@Nullable OffsetValue value) {
    OffsetValue first = cycle.first().value();
    return settings.order() == Order.DESCENDING
        && !cycle.complete()
        && value != null
        && first != null
        && value.compareTo(first) < 0
        && isAbove(value, cycle.order().last());
  }

  private static boolean isAbove(@Nullable OffsetValue value, @Nullable OffsetValue lowest) {
    return value != null && lowest != null && value.compareTo(lowest) > 0;
  }

  /** A record's offset, where the offsets of records count. */
  private @Nullable OffsetValue value(int index) {
    return PageRules.fromResponse(settings, source) ? null : page.value(index);
  }

  /** Where the offset is the response's: all records of the last cycle that had new ones. */
  private BoundaryKeys keysOfTheCycle() throws ShapeException {
    boolean delivered = keys.freshSize() > 0 || (paged && cycle.delivered());
    BoundaryKeys all = keys.with(value -> true);
    return capped(delivered ? all.keep(entry -> entry.seen() > 0) : all).unseen();
  }

  private BoundaryKeys capped(BoundaryKeys kept) throws ShapeException {
    if (kept.size() > settings.maxKeys()) {
      List<String> remedies = new ArrayList<>();
      if (source == Source.RECORDS && settings.order() == null) {
        remedies.add("set 'order' if the records have one, ");
      }
      if (settings.earlier().lookback() != null) {
        remedies.add("shorten 'lookback', ");
      }
      remedies.add((remedies.isEmpty() ? "" : "or ") + "raise 'maxKeys'");
      throw new ContradictionException(
          "brings the delivered records that may come again to %d, but 'maxKeys' is %d; %s"
              .formatted(kept.size(), settings.maxKeys(), String.join("", remedies)));
    }
    return kept;
  }

  /** The cycle after this page, if it goes on. */
  private Cycle following() {
    return cycle.after(token, page.size() == 0, keys.freshSize() > 0, answer.walked());
  }

  /** The cycle goes on with the next page's token; the offset stays. */
  private Accepted goesOn(BoundaryKeys kept, Cycle next) {
    return accepted(position.offset(), kept, next);
  }

  /** The cycle goes on with the new offset, or, where more than that comes again, with another. */
  private Accepted movesOn(OffsetValue offset, OffsetValue onwards, BoundaryKeys kept)
      throws ShapeException {
    if (cycle.circle().closes(onwards.text())) {
      throw new ContradictionException(
          "has the offset '%s', which came before in this cycle: the API leads in a circle"
              .formatted(onwards.text()));
    }
    Cycle next = following().withOffset(onwards.text());
    boolean walks = source == Source.RECORDS && !settings.earlier().isNone();
    return accepted(offset, kept, walks ? next.withResponse(onwards) : next);
  }

  private Accepted ended(@Nullable OffsetValue offset, BoundaryKeys kept) {
    return accepted(offset, kept, null);
  }

  private Accepted accepted(@Nullable OffsetValue offset, BoundaryKeys kept, @Nullable Cycle next) {
    Position after =
        new Position(
            position.fingerprint(),
            source == null ? position.source() : source,
            offset,
            Floors.after(settings, position, offset),
            kept,
            next,
            position.cycle() == null ? answer.askedAt() : position.started(),
            answer.askedAt());
    return new Accepted(after, keys.fresh(), warnings);
  }
}
