package io.reststream.spark.batch;

import io.reststream.core.RestConfig;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;

/** One cycle of each input, each read by a task of its own. */
public final class RestBatch implements Batch {
  private final RestConfig config;
  private final StructType schema;

  public RestBatch(RestConfig config, StructType schema) {
    this.config = config;
    this.schema = schema;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    return config.inputs().stream().map(CyclePartition::new).toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new CycleReaderFactory(config, schema);
  }
}
