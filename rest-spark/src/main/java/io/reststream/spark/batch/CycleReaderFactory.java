package io.reststream.spark.batch;

import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.spark.read.JobLimits;
import io.reststream.spark.read.RowFormat;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/** Makes the readers of a batch. */
final class CycleReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  private final RestConfig config;
  private final RowFormat format;
  private final int limit;

  CycleReaderFactory(RestConfig config, RowFormat format, int limit) {
    this.config = config;
    this.format = format;
    this.limit = limit;
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    CyclePartition cycles = (CyclePartition) partition;
    int parts = JobLimits.parts(config);
    RestPoller poller = RestPoller.openShared(config);
    try {
      poller.share(parts);
      return new CycleReader(poller, cycles.reads(), format, limit);
    } catch (RuntimeException | Error e) {
      poller.close();
      throw e;
    }
  }
}
