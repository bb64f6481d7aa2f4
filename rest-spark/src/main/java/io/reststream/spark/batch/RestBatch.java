package io.reststream.spark.batch;

import io.reststream.core.RestConfig;
import io.reststream.core.config.RestOptions;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;

/**
 * One cycle of each input, each read by a task of its own, or by as many tasks as there may be
 * requests at a time.
 */
public final class RestBatch implements Batch {
  private final RestConfig config;
  private final StructType schema;

  public RestBatch(RestConfig config, StructType schema) {
    this.config = config;
    this.schema = schema;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    int most = config.find(RestOptions.MAX_CONCURRENT_REQUESTS).orElse(Integer.MAX_VALUE);
    return CyclePartition.of(config.inputs(), most);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new CycleReaderFactory(config, schema);
  }
}
