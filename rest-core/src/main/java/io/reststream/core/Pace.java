package io.reststream.core;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a position may be asked for its next page: a cycle starts an interval after the one before
 * it, and goes on at once, unless it leads nowhere.
 *
 * @param interval the time between the starts of two cycles
 * @param maxPages after how many pages a cycle pauses; null for none
 */
record Pace(Duration interval, @Nullable Integer maxPages) {
  private static final int EMPTY_PAGES_AT_ONCE = 10;

  /** The wait before the next request; null when it may be made now. */
  @Nullable Wait due(Position position, Instant now) {
    Cycle cycle = position.cycle();
    Instant from;
    String why;
    if (cycle == null && !position.betweenCycles()) {
      return null; // the next window is closed already
    }
    if (cycle == null) {
      from = position.started();
      why = "the next cycle is not due";
    } else if (cycle.emptyPages() >= EMPTY_PAGES_AT_ONCE) {
      from = position.asked();
      why = cycle.emptyPages() + " pages without records came one after the other";
    } else if (cycle.restarts() > 0 && cycle.token() == null) {
      from = position.asked();
      why = "the cycle begins again";
    } else if (isPaused(cycle)) {
      from = position.asked();
      why = "the cycle pauses after %d pages ('maxPages')".formatted(maxPages);
    } else {
      return null;
    }
    if (from == null || from.isAfter(now)) {
      return null;
    }
    Instant until = from.plus(interval);
    return now.isBefore(until) ? new Wait(until, why) : null;
  }

  private boolean isPaused(Cycle cycle) {
    long pages = cycle.walked().pages();
    return maxPages != null && pages > 0 && pages % maxPages == 0;
  }
}
