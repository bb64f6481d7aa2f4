package io.reststream.spark.read;

import io.reststream.spark.log.BlockBytes;
import io.reststream.spark.log.LogRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * Cuts a micro-batch into partitions. The records of a small batch travel with its tasks; those of
 * a large one are read from the log by the tasks, several to a large page.
 */
public final class LogPartitions {
  /** Spark warns about tasks over 1000 KiB. */
  static final int CARRIED_BYTES = 512 * 1024;

  /** What the driver sends out for one batch at most. */
  static final int CARRIED_BATCH_BYTES = 4 * 1024 * 1024;

  static final int STORED_BYTES = 4 * 1024 * 1024;

  private LogPartitions() {}

  /** The partitions of what lies in these ranges; the same ones however often it is asked. */
  public static InputPartition[] plan(List<LogRange> ranges) {
    long bytes = ranges.stream().mapToLong(range -> range.block().length()).sum();
    boolean carried =
        bytes <= CARRIED_BATCH_BYTES && ranges.stream().allMatch(range -> range.bytes() != null);
    int most = carried ? CARRIED_BYTES : STORED_BYTES;
    List<InputPartition> partitions = new ArrayList<>();
    List<LogPartition.Chunk> chunks = new ArrayList<>();
    long size = 0;
    for (LogRange range : ranges) {
      if (!chunks.isEmpty() && size + range.block().length() > most) {
        partitions.add(new LogPartition(List.copyOf(chunks)));
        chunks.clear();
        size = 0;
      }
      chunks.add(carried ? carried(range) : stored(range));
      size += range.block().length();
    }
    if (!chunks.isEmpty()) {
      partitions.add(new LogPartition(List.copyOf(chunks)));
    }
    return partitions.toArray(InputPartition[]::new);
  }

  private static LogPartition.Chunk stored(LogRange range) {
    return new LogPartition.Stored(range.path(), range.block(), range.skip(), range.take());
  }

  private static LogPartition.Chunk carried(LogRange range) {
    byte[] block = range.bytes();
    if (block == null) {
      return stored(range);
    }
    if (range.take() == range.block().records()) {
      return new LogPartition.Carried(range.block().input(), range.block().page(), block);
    }
    ByteBuffer slice = BlockBytes.slice(block, range.skip(), range.take());
    byte[] records = new byte[slice.remaining()];
    slice.get(records);
    return new LogPartition.Carried(range.block().input(), range.block().page(), records);
  }
}
