package io.reststream.spark.call;

import io.reststream.core.Input;
import io.reststream.spark.keep.TaskBlocks;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.apache.spark.util.TaskFailureListener;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts of one task got so far, so that a row whose answer is there is not called for
 * again. It is kept in notes of some rows each, the last of them when the attempt fails, and goes
 * when one succeeds. Rows are known by their place and by what is sent for them: should they come
 * in another order the next time, they are called for.
 */
final class Progress {
  /** How many rows a note is about; as many are lost with an executor. */
  static final int ROWS_PER_NOTE = 100;

  private record Known(Input input, Outcome outcome) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Some rows by their numbers.
   *
   * @param from the first number of which no note before this one tells
   */
  private record Note(long from, TreeMap<Long, Known> rows) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final TaskBlocks blocks;
  private final Map<Long, Known> found = new HashMap<>();
  private @Nullable Note next;
  private int read;
  private int free;
  private boolean failed;
  private TreeMap<Long, Known> fresh = new TreeMap<>();
  private long from = -1;

  private Progress(TaskBlocks blocks) {
    this.blocks = blocks;
    this.next = load(0);
  }

  /**
   * The progress of the task that runs.
   *
   * @param blocks those of the partition that it makes
   */
  static Progress of(TaskContext task, TaskBlocks blocks) {
    Progress progress = new Progress(blocks);
    TaskCompletionListener done = ended -> progress.done();
    TaskContext unused = task.addTaskCompletionListener(done);
    return progress;
  }

  /** What came of the call for a row, if that is known. Rows are asked for in their order. */
  @Nullable Outcome find(long number, Input input) {
    while (next != null && next.from() <= number) {
      next.rows().forEach(found::putIfAbsent);
      read++;
      next = load(read);
    }
    Known known = found.remove(number);
    return known != null && known.input().equals(input) ? known.outcome() : null;
  }

  /** Keeps what came of the call for a row. */
  void add(long number, Input input, Outcome outcome) {
    miss(number);
    fresh.put(number, new Known(input, outcome));
  }

  /** Writes a note, if there is enough for one. Between two rows that are taken. */
  void save() {
    if (fresh.size() >= ROWS_PER_NOTE) {
      flush();
    }
  }

  /** Tells that a row was called for, but has no answer yet. */
  void miss(long number) {
    from = from < 0 ? number : from;
  }

  /** What is called when the attempt fails, to add what it got at last. */
  void onFailure(Consumer<Progress> last) {
    TaskFailureListener failing =
        (task, error) -> {
          failed = true;
          last.accept(this);
          flush();
        };
    TaskContext unused = TaskContext.get().addTaskFailureListener(failing);
  }

  private void flush() {
    if (fresh.isEmpty()) {
      return;
    }
    while (blocks.read(free) != null) { // what another attempt has left
      free++;
    }
    blocks.write(free, Packed.of(new Note(from, fresh)));
    free++;
    fresh = new TreeMap<>();
    from = -1;
  }

  private @Nullable Note load(int number) {
    byte[] bytes = blocks.read(number);
    return bytes == null ? null : (Note) Packed.open(bytes);
  }

  private void done() {
    if (!failed) {
      for (int i = 0; i < Math.max(read, free); i++) {
        blocks.remove(i);
      }
    }
  }
}
