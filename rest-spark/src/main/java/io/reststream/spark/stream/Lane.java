package io.reststream.spark.stream;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Position;
import io.reststream.core.Wait;
import java.time.Instant;

/** One input on its way: where the fetching of it stands, ahead of what is durable. */
final class Lane {
  private final Input input;
  private Position position;
  private Instant notBefore = Instant.EPOCH;
  private int recordsOfLastPage;
  private int cyclesLeft = Integer.MAX_VALUE;

  Lane(Input input, Position position) {
    this.input = input;
    this.position = position;
  }

  Input input() {
    return input;
  }

  /** Where to ask from. A drain brings what is there now, however long ago the last cycle was. */
  Position position() {
    return isDraining() ? position.dueAtOnce() : position;
  }

  /** When it makes sense to ask again. */
  Instant notBefore() {
    return notBefore;
  }

  /** How many records the next page is expected to hold. */
  int expected() {
    return recordsOfLastPage;
  }

  /** To be drained: the cycle that is under way is finished, then one whole cycle is read. */
  void drain() {
    cyclesLeft = position.betweenCycles() ? 1 : 2;
  }

  private boolean isDraining() {
    return cyclesLeft < Integer.MAX_VALUE;
  }

  boolean isDrained() {
    return cyclesLeft == 0;
  }

  void accept(Page page) {
    position = page.next();
    recordsOfLastPage = page.records().size();
    if (position.betweenCycles() && isDraining()) {
      cyclesLeft--;
    }
  }

  void accept(Wait wait) {
    notBefore = wait.until();
    if (wait.caughtUp() && isDraining()) {
      cyclesLeft = 0;
    }
  }
}
