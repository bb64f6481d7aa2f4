package io.reststream.spark.batch;

import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;

/** Makes the readers of a batch. */
final class CycleReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  private final RestConfig config;
  private final StructType schema;

  CycleReaderFactory(RestConfig config, StructType schema) {
    this.config = config;
    this.schema = schema;
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    CyclePartition cycles = (CyclePartition) partition;
    RestPoller poller = RestPoller.open(config);
    poller.share(cycles.parts());
    return new CycleReader(poller, cycles.reads(), schema);
  }
}
