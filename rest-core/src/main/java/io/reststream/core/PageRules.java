package io.reststream.core;

import io.reststream.core.Position.Source;
import io.reststream.core.config.OffsetSettings;
import io.reststream.core.config.OffsetType;
import io.reststream.core.config.Order;
import io.reststream.core.config.PaginationStyle;
import io.reststream.core.json.ContradictionException;
import io.reststream.core.json.ScannedPage;
import io.reststream.core.json.ShapeException;
import io.reststream.core.offset.BoundaryKeys;
import io.reststream.core.offset.OffsetValue;
import io.reststream.core.page.Walked;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a position: which records of a page are new, and where the stream stands after it.
 * Pure: the same position and page give the same answer.
 *
 * <p>Without pagination every page is judged as a cycle of its own, since the request that follows
 * it asks with the new offset, just as the next cycle's first request does; the cycle only says
 * whether that happens at once.
 */
final class PageRules {
  private final OffsetSettings settings;
  private final Paging paging;
  private final @Nullable Windows windows;

  /** How the pages of a cycle follow one another, as far as it matters for what is new. */
  enum Paging {
    /** There is one page, or the offset leads on. */
    NONE,
    /** Pages have tokens. */
    TOKENS,
    /** A page follows the last record of the one before, or begins with it. */
    RECORDS,
    /** Pages are counted: what is published meanwhile shifts them. */
    NUMBERS;

    static Paging of(PaginationStyle style) {
      return switch (style) {
        case NONE -> NONE;
        case NEXT_URL, LINK_HEADER, CURSOR -> TOKENS;
        case LAST_RECORD -> RECORDS;
        case PAGE_NUMBER, OFFSET_LIMIT -> NUMBERS;
      };
    }

    /** Whether a page may send again what the one before it sent. */
    boolean isOverlapping() {
      return this == NUMBERS || this == RECORDS;
    }

    /** What a cycle sends twice without a key is taken for one record where pages overlap. */
    BoundaryKeys.Telling telling(OffsetSettings settings) {
      if (!settings.keyFields().isEmpty()) {
        return BoundaryKeys.Telling.UNIQUE;
      }
      return isOverlapping()
          ? BoundaryKeys.Telling.COUNTED_ON_A_PAGE
          : BoundaryKeys.Telling.COUNTED;
    }
  }

  /**
   * @param windows what the stream is cut into; null where it has offsets
   */
  PageRules(OffsetSettings settings, Paging paging, @Nullable Windows windows) {
    this.settings = settings;
    this.paging = paging;
    this.windows = windows;
  }

  /**
   * What came back beside the records.
   *
   * @param offset the response's own offset; null where it has none
   * @param token the next page's token; null at the end
   * @param full whether more is likely to follow at the new offset
   * @param more whether the response says that there is more, or that there is none; null where it
   *     does not say
   * @param walked how far the cycle has come with this page
   * @param gapless whether nothing can have been added to the pages before this one since they were
   *     read
   * @param askedAt when it was asked for
   */
  record Answer(
      ScannedPage.@Nullable Scalar offset,
      @Nullable String token,
      boolean full,
      @Nullable Boolean more,
      Walked walked,
      boolean gapless,
      Instant askedAt) {

    /** The same with another token. */
    Answer withToken(@Nullable String other) {
      return new Answer(offset, other, full, more, walked, gapless, askedAt);
    }
  }

  /**
   * An accepted page.
   *
   * @param next the position after it
   * @param fresh the indices of its new records
   * @param warnings what a person should know
   */
  record Accepted(Position next, int[] fresh, List<String> warnings) {}

  /**
   * Accepts a page, whole.
   *
   * @throws ShapeException if it contradicts the options or the position
   */
  Accepted accept(Position position, ScannedPage page, Answer answer) throws ShapeException {
    return windows != null
        ? new WindowAcceptance(settings, paging, windows, position, page, answer).run()
        : new Acceptance(settings, paging, position, page, answer).run();
  }

  /**
   * The position after a page token was refused: the cycle begins again, and what was delivered is
   * recognised. Where the records ascend, it begins at the mark, but with an order that was only
   * inferred not before it has to.
   *
   * @throws ShapeException if more was delivered than can be recognised
   */
  Position again(Position position, Instant askedAt) throws ShapeException {
    Cycle cycle = Objects.requireNonNull(position.cycle());
    boolean byRecords = settings.tracked() && position.source() == Source.RECORDS;
    boolean ascending =
        byRecords
            && Orders.ascending(settings, cycle.order())
            && (settings.order() != null || !cycle.complete());
    boolean descending = byRecords && settings.order() == Order.DESCENDING;
    if (!ascending && !descending && !cycle.complete()) {
      throw new ContradictionException(cannotBeginAgain(position));
    }
    OffsetValue offset =
        ascending ? Lines.next(settings, position.offset(), cycle.all()) : position.offset();
    BoundaryKeys keys = position.keys().unseen();
    return new Position(
            position.fingerprint(),
            position.source(),
            offset,
            Floors.after(settings, position, offset),
            keys,
            ascending ? cycle.anew() : cycle.again(),
            position.started(),
            askedAt)
        .with(position.window() == null ? null : position.window().withRecords(0));
  }

  /** Whether a cycle can begin again at all: something tells what it delivered. */
  boolean mayBeginAgain() {
    return settings.tracked() || windows != null;
  }

  private String cannotBeginAgain(Position position) {
    Window window = position.window();
    OffsetValue offset = position.offset();
    String start =
        window != null
            ? " with 'initialOffset'='%s'".formatted(window.start())
            : offset != null ? " with 'initialOffset'='%s'".formatted(offset.text()) : "";
    return "refused the page token, but the cycle no longer knows all that it delivered, so that to begin it again would repeat records. Only a new stream%s can read it, from its start; later cycles are helped by a larger 'maxKeys' (now %d)%s"
        .formatted(
            start,
            settings.maxKeys(),
            window == null && settings.type() != OffsetType.CURSOR && settings.order() == null
                ? ", or by 'order', if the records have one"
                : "");
  }

  /**
   * The position after the offset has expired: the stream starts again, in the cycle that is
   * running, and of what comes again as much is recognised as is known.
   */
  Position reset(Position position, Instant askedAt) {
    return new Position(
        position.fingerprint(),
        position.source(),
        null,
        null,
        position.keys().unseen(),
        Cycle.NEW.anew(),
        askedAt,
        askedAt);
  }

  /** Whether offsets are read from the response rather than from the records. */
  static boolean fromResponse(OffsetSettings settings, @Nullable Source source) {
    return settings.type() == OffsetType.CURSOR || source == Source.RESPONSE;
  }
}
