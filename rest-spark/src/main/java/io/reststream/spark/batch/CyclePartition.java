package io.reststream.spark.batch;

import io.reststream.core.Input;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * The cycles of some inputs, or of stretches of them, one after the other.
 *
 * @param reads what is read
 */
record CyclePartition(List<Read> reads) implements InputPartition {

  /**
   * What is read to its end.
   *
   * @param start the JSON of the position to start from
   */
  record Read(Input input, String start) implements Serializable {}

  CyclePartition {
    reads = List.copyOf(reads);
  }

  /**
   * Deals reads out in their order: one to each partition, unless fewer may be asked for at a time.
   */
  static CyclePartition[] of(List<Read> reads, int most) {
    int parts = Math.min(reads.size(), most);
    CyclePartition[] partitions = new CyclePartition[parts];
    for (int i = 0; i < parts; i++) {
      partitions[i] =
          new CyclePartition(reads.subList(first(i, parts, reads), first(i + 1, parts, reads)));
    }
    return partitions;
  }

  private static int first(int part, int parts, List<Read> reads) {
    return (int) ((long) part * reads.size() / parts);
  }
}
