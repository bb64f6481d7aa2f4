package io.reststream.spark.stream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A drain that is under way: so many inputs are left to be read, and only so much time. */
final class Drain {
  private final @Nullable Instant deadline;
  private int lanesLeft;

  /** A drain of so many inputs, until a time; null for as long as it takes. */
  Drain(int lanes, @Nullable Instant deadline) {
    this.lanesLeft = lanes;
    this.deadline = deadline;
  }

  @Nullable Instant deadline() {
    return deadline;
  }

  int lanesLeft() {
    return lanesLeft;
  }

  void laneDrained() {
    lanesLeft--;
  }

  /** Gives up what is left. */
  void end() {
    lanesLeft = 0;
  }

  boolean isDone() {
    return lanesLeft == 0;
  }

  boolean isLate(Instant now) {
    return !isDone() && deadline != null && !now.isBefore(deadline);
  }
}
