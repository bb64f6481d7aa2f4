package io.reststream.spark.call;

import io.reststream.core.Input;
import io.reststream.spark.keep.Pack;
import io.reststream.spark.keep.TaskBlocks;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.apache.spark.util.TaskFailureListener;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts of one task got so far, so that a row whose answer is there is not called for
 * again. It is kept in notes of some rows each, a {@link Pack} of them, the last when the attempt
 * fails, and goes when one succeeds. Rows are known by their place and by what is sent for them:
 * should they come in another order the next time, they are called for.
 */
final class Progress {
  /**
   * A row by its number.
   *
   * @param from the first number of which no note before this one tells
   */
  private record Known(long from, long number, Input input, Outcome outcome)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final TaskBlocks blocks;
  private final Map<Long, Known> found = new HashMap<>();
  private List<Known> next;
  private int read;
  private int free;
  private boolean failed;
  private Consumer<Progress> last = progress -> {};
  private Pack fresh = new Pack();
  private long from;
  private long missed = -1;

  /**
   * What the attempts left so far.
   *
   * @param blocks those of the partition that they make
   */
  Progress(TaskBlocks blocks) {
    this.blocks = blocks;
    this.next = load(0);
  }

  /** The progress of the task that runs. */
  static Progress of(TaskContext task, TaskBlocks blocks) {
    Progress progress = new Progress(blocks);
    TaskCompletionListener done = ended -> progress.done();
    TaskContext unused = task.addTaskCompletionListener(done);
    return progress;
  }

  /** What came of the call for a row, if that is known. Rows are asked for in their order. */
  @Nullable Outcome find(long number, Input input) {
    while (!next.isEmpty() && next.get(0).from() <= number) {
      next.forEach(row -> found.putIfAbsent(row.number(), row));
      read++;
      next = load(read);
    }
    Known known = found.remove(number);
    return known != null && known.input().equals(input) ? known.outcome() : null;
  }

  /** Keeps what came of the call for a row, and writes a note if there is enough for one. */
  void add(long number, Input input, Outcome outcome) {
    if (fresh.isEmpty()) {
      from = missed < 0 ? number : missed;
    }
    fresh.add(new Known(from, number, input, outcome));
    if (fresh.isFull()) {
      flush();
    }
  }

  /** Tells that a row was called for, but has no answer yet. */
  void miss(long number) {
    missed = missed < 0 ? number : missed;
  }

  /** What is called when the attempt fails, to add what it got at last. */
  void onFailure(Consumer<Progress> adding) {
    last = adding;
    TaskFailureListener failing = (task, error) -> fail();
    TaskContext unused = TaskContext.get().addTaskFailureListener(failing);
  }

  /**
   * Values of the attempt. Where one of them fails it, what it got is written at once: Spark lets
   * an attempt begin that waits for this one before it tells the task that it has failed.
   */
  <T> Iterator<T> guard(Iterator<T> values) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return guarded(values::hasNext);
      }

      @Override
      public T next() {
        return guarded(values::next);
      }
    };
  }

  private <T> T guarded(Supplier<T> value) {
    try {
      return value.get();
    } catch (Throwable e) {
      if (!Thread.currentThread().isInterrupted()) { // which would break the writing off
        try {
          fail();
        } catch (RuntimeException more) {
          e.addSuppressed(more);
        }
      }
      throw e;
    }
  }

  private void fail() {
    if (!failed) {
      failed = true;
      last.accept(this);
      flush();
    }
  }

  /** Writes what no note tells of yet. */
  void flush() {
    if (fresh.isEmpty()) {
      return;
    }
    byte[] note = fresh.bytes();
    // Another attempt may have left some, or be writing one at this moment.
    while (blocks.read(free) != null || !blocks.write(free, note)) {
      free++;
    }
    free++;
    fresh = new Pack();
  }

  private List<Known> load(int number) {
    byte[] bytes = blocks.read(number);
    return bytes == null ? List.of() : Pack.open(bytes);
  }

  private void done() {
    if (!failed) {
      for (int i = 0; i < Math.max(read, free); i++) {
        blocks.remove(i);
      }
    }
  }
}
