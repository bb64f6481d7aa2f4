package io.reststream.spark.call;

import io.reststream.spark.keep.LateRdd;
import io.reststream.spark.keep.Pack;
import io.reststream.spark.keep.TaskBlocks;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Calls whose outcomes are kept in Spark's storage: those of a partition once all of it was called
 * for, and before that, for further attempts, as {@link Progress}. They are kept in packs of some
 * rows.
 */
final class KeptCalls implements Function2<Integer, Iterator<Row>, Iterator<byte[]>> {
  private static final long serialVersionUID = 1L;

  private final LateRdd<Row> rows;
  private final Caller caller;
  private int rdd;

  private KeptCalls(LateRdd<Row> rows, Caller caller) {
    this.rows = rows;
    this.caller = caller;
  }

  /** The packs of the rows, which are made once; open them with {@link #open}. */
  static JavaRDD<byte[]> of(LateRdd<Row> rows, Caller caller) {
    KeptCalls calls = new KeptCalls(rows, caller);
    JavaRDD<byte[]> packs = rows.toJavaRDD().mapPartitionsWithIndex(calls, false);
    calls.rdd = packs.id(); // goes out with the first task
    return packs.persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** The rows of a pack. */
  static Iterator<CalledRow> open(byte[] pack) {
    return Pack.<CalledRow>open(pack).iterator();
  }

  @Override
  public Iterator<byte[]> call(Integer partition, Iterator<Row> part) {
    // A task may make several partitions, where they are coalesced.
    TaskBlocks blocks = new TaskBlocks(rdd, partition, rows.size());
    Progress progress = Progress.of(TaskContext.get(), blocks);
    return progress.guard(Pack.all(caller.call(part, progress)));
  }
}
