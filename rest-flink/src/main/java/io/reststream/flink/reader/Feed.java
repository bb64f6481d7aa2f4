package io.reststream.flink.reader;

import io.reststream.core.Input;
import io.reststream.core.Polled;
import io.reststream.core.Position;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A split while it is read: it has a page to hand over, or it is asked, or it waits until it is
 * due. Belongs to the fetcher's thread.
 */
final class Feed {
  private final String id;
  private final Input input;

  /** The position to ask with: that of the page fetched last, ahead of what was emitted. */
  private Position position;

  private Instant due;
  private long turn;
  private @Nullable CompletableFuture<Polled> request;
  private @Nullable FetchedPage page;
  private int handedOver;
  private boolean paused;

  Feed(String id, Input input, Position position, Instant due) {
    this.id = id;
    this.input = input;
    this.position = position;
    this.due = due;
  }

  String id() {
    return id;
  }

  Input input() {
    return input;
  }

  /** Decides between feeds that are due at the same time: who queued first. */
  long turn() {
    return turn;
  }

  void queue(long number) {
    turn = number;
  }

  Position position() {
    return position;
  }

  /** When it may be asked. */
  Instant due() {
    return due;
  }

  boolean paused() {
    return paused;
  }

  void pause(boolean pause) {
    paused = pause;
  }

  boolean asked() {
    return request != null;
  }

  void ask(CompletableFuture<Polled> asked) {
    request = asked;
  }

  void cancel() {
    if (request != null) {
      request.cancel(true);
    }
  }

  /** The answer was: not before {@code until}. */
  void waitUntil(Instant until) {
    request = null;
    due = until;
  }

  /** The answer was a page, of which the elements before {@code from} are emitted already. */
  void arrive(FetchedPage fetched, int from, Instant now) {
    request = null;
    due = now;
    page = fetched;
    handedOver = from;
    position = fetched.position();
  }

  boolean hasPage() {
    return page != null;
  }

  /** How many records of the page were not handed over. */
  int recordsLeft() {
    return page == null ? 0 : page.records().size() - handedOver;
  }

  /** At most so many of the page's elements; with the last ones of a bounded read, its end. */
  PageSlice take(int most) {
    FetchedPage from = page;
    if (from == null) {
      throw new IllegalStateException("No page of " + id + " is there to hand over");
    }
    int start = handedOver;
    int end = Math.min(from.elements(), start + most);
    boolean whole = end == from.elements();
    handedOver = end;
    page = whole ? null : from;
    Set<String> finished = whole && from.last() ? Set.of(id()) : Set.of();
    return PageSlice.of(id(), new PageCursor(from, start, end), finished);
  }
}
