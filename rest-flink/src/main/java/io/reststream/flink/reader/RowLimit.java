package io.reststream.flink.reader;

/**
 * How many values a reader has to emit before nobody wants more. The task's thread emits; the
 * fetcher's asks the API for no more than is wanted.
 */
final class RowLimit {
  private final boolean limited;
  private volatile long left;
  private volatile long heldBack;
  private volatile Runnable moved = () -> {};

  RowLimit(long values) {
    this.left = values;
    this.limited = values != Long.MAX_VALUE;
  }

  /** Whether all that is wanted was emitted. */
  boolean isReached() {
    return left <= 0;
  }

  /** Whether more is wanted than these records, which are there already, will give. */
  boolean exceeds(long records) {
    return left > records - heldBack;
  }

  /** So many of the records that are there are of paused splits; called by the fetcher's thread. */
  void heldBack(long records) {
    heldBack = records;
  }

  /** Tells somebody, in place of who was told before, that one of the two may have changed. */
  void onMove(Runnable told) {
    moved = told;
  }

  /** So many values were emitted; called by the task's thread alone, like {@link #tell}. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
  void emitted(int values) {
    if (limited) {
      left -= values;
    }
  }

  /** The record that they were made of counts no more among those that are there. */
  void tell(long pending) {
    if (limited && (pending <= heldBack || isReached())) {
      moved.run();
    }
  }
}
