package io.reststream.spark.read;

import io.reststream.core.Input;
import io.reststream.spark.log.BlockBytes;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.jspecify.annotations.Nullable;

/** Reads one partition of a micro-batch, chunk by chunk. */
final class LogReader implements PartitionReader<InternalRow> {
  private final Iterator<LogPartition.Chunk> chunks;
  private final ShippedConfiguration conf;
  private final Rows rows;
  private ByteBuffer records = ByteBuffer.allocate(0);
  private @Nullable InternalRow row;

  LogReader(LogPartition partition, RowFormat format, ShippedConfiguration conf) {
    this.chunks = partition.chunks().iterator();
    this.conf = conf;
    this.rows = format.rows();
  }

  @Override
  public boolean next() {
    row = null;
    while (row == null) {
      while (!records.hasRemaining()) {
        if (!chunks.hasNext()) {
          return false;
        }
        open(chunks.next());
      }
      int length = records.getInt();
      int start = records.position();
      records.position(start + length);
      row = rows.row(records.array(), start, length);
    }
    return true;
  }

  private void open(LogPartition.Chunk chunk) {
    rows.origin(Input.parse(chunk.input()), chunk.page());
    if (chunk instanceof LogPartition.Stored stored) {
      byte[] block = BlockBytes.read(stored.path(), stored.block(), conf.value());
      records = BlockBytes.slice(block, stored.skip(), stored.take());
    } else if (chunk instanceof LogPartition.Carried carried) {
      records = ByteBuffer.wrap(carried.records());
    }
  }

  @Override
  public InternalRow get() {
    return Objects.requireNonNull(row);
  }

  @Override
  public void close() {}
}
