package io.reststream.spark.batch;

import io.reststream.core.Input;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * The cycles of some inputs, one after the other.
 *
 * @param inputs the inputs
 * @param parts how many partitions share the limits of the job
 */
record CyclePartition(List<Input> inputs, int parts) implements InputPartition {
  CyclePartition {
    inputs = List.copyOf(inputs);
  }

  /** Spreads inputs over partitions: one for each, unless fewer may be asked for at a time. */
  static CyclePartition[] of(List<Input> inputs, int most) {
    int parts = Math.min(inputs.size(), most);
    List<List<Input>> spread = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (i < parts) {
        spread.add(new ArrayList<>());
      }
      spread.get(i % parts).add(inputs.get(i));
    }
    return spread.stream()
        .map(part -> new CyclePartition(part, parts))
        .toArray(CyclePartition[]::new);
  }
}
