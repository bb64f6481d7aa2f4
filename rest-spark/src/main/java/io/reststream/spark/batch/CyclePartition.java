package io.reststream.spark.batch;

import io.reststream.core.Input;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * The cycles of some inputs, or of stretches of them, one after the other.
 *
 * @param reads what is read
 * @param parts how many partitions share the limits of the job
 */
record CyclePartition(List<Read> reads, int parts) implements InputPartition {

  /**
   * What is read to its end.
   *
   * @param start the JSON of the position to start from
   */
  record Read(Input input, String start) implements Serializable {}

  CyclePartition {
    reads = List.copyOf(reads);
  }

  /** Spreads reads over partitions: one for each, unless fewer may be asked for at a time. */
  static CyclePartition[] of(List<Read> reads, int most) {
    int parts = Math.min(reads.size(), most);
    List<List<Read>> spread = new ArrayList<>();
    for (int i = 0; i < reads.size(); i++) {
      if (i < parts) {
        spread.add(new ArrayList<>());
      }
      spread.get(i % parts).add(reads.get(i));
    }
    return spread.stream()
        .map(part -> new CyclePartition(part, parts))
        .toArray(CyclePartition[]::new);
  }
}
