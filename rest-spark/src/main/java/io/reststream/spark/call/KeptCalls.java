package io.reststream.spark.call;

import io.reststream.spark.keep.TaskBlocks;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Calls whose outcomes are kept in Spark's storage: those of a partition once all of it was called
 * for, and before that, for further attempts, as {@link Progress}. They are kept as bytes, in packs
 * of some rows.
 */
final class KeptCalls implements Function2<Integer, Iterator<Row>, Iterator<byte[]>> {
  private static final long serialVersionUID = 1L;
  private static final int ROWS_PER_PACK = 100;

  private final Caller caller;
  private int rdd;
  private int partitions;

  private KeptCalls(Caller caller) {
    this.caller = caller;
  }

  /** The packs of the rows, which are made once; open them with {@link #open}. */
  static JavaRDD<byte[]> of(JavaRDD<Row> rows, Caller caller) {
    KeptCalls calls = new KeptCalls(caller);
    JavaRDD<byte[]> packs = rows.mapPartitionsWithIndex(calls, false);
    calls.rdd = packs.id(); // goes out with the first task
    calls.partitions = packs.getNumPartitions();
    return packs.persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** The rows of a pack. */
  @SuppressWarnings("unchecked")
  static Iterator<CalledRow> open(byte[] pack) {
    return ((List<CalledRow>) Packed.open(pack)).iterator();
  }

  @Override
  public Iterator<byte[]> call(Integer partition, Iterator<Row> rows) {
    // A task may make several partitions, where they are coalesced.
    TaskBlocks blocks = new TaskBlocks(rdd, partition, partitions);
    Iterator<CalledRow> called = caller.call(rows, Progress.of(TaskContext.get(), blocks));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return called.hasNext();
      }

      @Override
      public byte[] next() {
        ArrayList<CalledRow> pack = new ArrayList<>();
        do {
          pack.add(called.next());
        } while (pack.size() < ROWS_PER_PACK && called.hasNext());
        return Packed.of(pack);
      }
    };
  }
}
