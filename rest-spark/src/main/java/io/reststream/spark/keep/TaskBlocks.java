package io.reststream.spark.keep;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Numbered blocks of bytes that the attempts of one task leave to each other: on the disks of the
 * executors, for as long as Spark keeps the RDD that they belong to. The bridge to Spark's block
 * storage, which has no public face.
 */
public final class TaskBlocks {
  private static final ClassTag<byte[]> BYTES = ClassTag$.MODULE$.apply(byte[].class);

  private final int rdd;
  private final int partition;
  private final int partitions;

  /**
   * The blocks of a partition.
   *
   * @param rdd the id of the persisted RDD with which they go
   * @param partitions how many that RDD has
   */
  public TaskBlocks(int rdd, int partition, int partitions) {
    this.rdd = rdd;
    this.partition = partition;
    this.partitions = partitions;
  }

  /** A block, from wherever it is; null if there is none. */
  public byte @Nullable [] read(int number) {
    Option<BlockResult> block = storage().get(id(number), BYTES);
    if (block.isEmpty()) {
      return null;
    }
    byte[] bytes = null;
    // Read to its end, a block is free again.
    for (Iterator<Object> values = block.get().data(); values.hasNext(); ) {
      bytes = (byte[]) values.next();
    }
    return bytes;
  }

  /**
   * Writes a block, unless this executor has one of this number.
   *
   * @return whether it was written
   */
  public boolean write(int number, byte[] bytes) {
    AtomicBoolean taken = new AtomicBoolean();
    java.util.Iterator<byte[]> block = Stream.of(bytes).peek(one -> taken.set(true)).iterator();
    // Spark says of a block that is there already that it was stored, but takes no bytes for it.
    if (!storage()
        .putIterator(
            id(number),
            JavaConverters.asScalaIterator(block),
            StorageLevel.DISK_ONLY(),
            true,
            BYTES)) {
      throw new IllegalStateException("Spark has not stored the block " + id(number));
    }
    return taken.get();
  }

  /** Removes a block of this executor. */
  public void remove(int number) {
    storage().removeBlock(id(number), true);
  }

  /** Behind those of the RDD's own partitions. */
  private BlockId id(int number) {
    return new RDDBlockId(
        rdd, Math.addExact(partition, Math.multiplyExact(partitions, Math.addExact(number, 1))));
  }

  private static BlockManager storage() {
    return SparkEnv.get().blockManager();
  }
}
