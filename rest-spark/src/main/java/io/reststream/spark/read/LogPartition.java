package io.reststream.spark.read;

import io.reststream.spark.log.Block;
import io.reststream.spark.log.PageFacts;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import org.jspecify.annotations.Nullable;

/**
 * A part of a micro-batch: ranges of the page log, read in this order.
 *
 * @param chunks the ranges, each with its records or with the place to read them from
 */
record LogPartition(List<Chunk> chunks) implements InputPartition {
  /** Some records of one input. */
  sealed interface Chunk extends java.io.Serializable permits Carried, Stored {
    String input();

    @Nullable PageFacts page();
  }

  /** Records that travel with the task, each as its length and its bytes. */
  record Carried(String input, @Nullable PageFacts page, byte[] records) implements Chunk {}

  /** Records that the task reads from a segment's file. */
  record Stored(String path, Block block, int skip, int take) implements Chunk {
    @Override
    public String input() {
      return block.input();
    }

    @Override
    public @Nullable PageFacts page() {
      return block.page();
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
