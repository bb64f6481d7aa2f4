package io.reststream.spark.read;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/** Makes the readers of a micro-batch, any number of them for the same partition. */
public final class LogReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  private final RowFormat format;
  private final ShippedConfiguration conf;

  public LogReaderFactory(RowFormat format, ShippedConfiguration conf) {
    this.format = format;
    this.conf = conf;
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return new LogReader((LogPartition) partition, format, conf);
  }
}
