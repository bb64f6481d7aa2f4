package io.reststream.core;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream that is read in windows stands: the window that is asked for next, or whose pages
 * are being read.
 *
 * @param start where it starts
 * @param end where it ends; null as long as nothing was asked, when the options say it
 * @param step how long windows are since one was too full; null for as long as the options say
 * @param until where the stretch ends that is read; null if it goes on with the time
 * @param more whether the next window was closed already when the one before it was read
 * @param edge whether its records are only remembered, being another stretch's
 * @param records how many records it was answered with so far
 * @param known up to where the keys hold all that was delivered; null if only those of the edge
 */
record Window(
    Instant start,
    @Nullable Instant end,
    @Nullable Duration step,
    @Nullable Instant until,
    boolean more,
    boolean edge,
    long records,
    @Nullable Instant known) {

  /** The first window of a stretch. */
  static Window first(Instant start, @Nullable Instant until) {
    return new Window(start, null, null, until, false, false, 0, null);
  }

  /** What lies before a stretch, to be looked at before its first window. */
  static Window edgeOf(Instant start, Duration unit, @Nullable Instant until) {
    return new Window(start.minus(unit), start, null, until, true, true, 0, null);
  }

  Window withEnd(Instant newEnd) {
    return new Window(start, newEnd, step, until, more, edge, records, known);
  }

  /** The same; the stretch ends elsewhere. */
  Window withUntil(@Nullable Instant newUntil) {
    return new Window(start, end, step, newUntil, more, edge, records, known);
  }

  Window withMore(boolean isMore) {
    return new Window(start, end, step, until, isMore, edge, records, known);
  }

  /** The same, after one more page. */
  Window withRecords(long count) {
    return new Window(start, end, step, until, more, edge, count, known);
  }

  /** Whether nothing of the stretch is left. */
  boolean isOver() {
    return until != null && !edge && !start.isBefore(until);
  }
}
