package io.reststream.spark.log;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The blocks of the newest segments in memory, so that small batches need not be read again. */
final class RecentBlocks {
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  private final NavigableMap<Long, List<byte[]>> segments = new TreeMap<>();
  private long bytes;

  void put(Segment segment, List<byte[]> blocks) {
    segments.put(segment.number(), blocks);
    bytes += size(blocks);
    while (bytes > MAX_BYTES) {
      drop(segments.pollFirstEntry());
    }
  }

  /** The blocks of a segment, in order; null if they are not in memory. */
  @Nullable List<byte[]> of(long segment) {
    return segments.get(segment);
  }

  /** Forgets the segments that lie before a place that no batch goes back to. */
  void release(Place committed) {
    while (!segments.isEmpty() && segments.firstKey() < committed.segment()) {
      drop(segments.pollFirstEntry());
    }
  }

  private void drop(Map.Entry<Long, List<byte[]>> dropped) {
    bytes -= size(dropped.getValue());
  }

  private static long size(List<byte[]> blocks) {
    return blocks.stream().mapToLong(block -> block.length).sum();
  }
}
