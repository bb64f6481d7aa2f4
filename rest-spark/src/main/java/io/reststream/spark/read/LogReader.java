package io.reststream.spark.read;

import io.reststream.core.Input;
import io.reststream.spark.log.BlockBytes;
import java.nio.ByteBuffer;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;

/** Reads one partition of a micro-batch, chunk by chunk. */
final class LogReader implements PartitionReader<InternalRow> {
  private final Iterator<LogPartition.Chunk> chunks;
  private final StructType schema;
  private final ShippedConfiguration conf;
  private String input = "";
  private Rows rows;
  private ByteBuffer records = ByteBuffer.allocate(0);
  private int start;
  private int length;

  LogReader(LogPartition partition, StructType schema, ShippedConfiguration conf) {
    this.chunks = partition.chunks().iterator();
    this.schema = schema;
    this.conf = conf;
    this.rows = new Rows(schema, Input.EMPTY);
  }

  @Override
  public boolean next() {
    while (!records.hasRemaining()) {
      if (!chunks.hasNext()) {
        return false;
      }
      open(chunks.next());
    }
    length = records.getInt();
    start = records.position();
    records.position(start + length);
    return true;
  }

  private void open(LogPartition.Chunk chunk) {
    if (!chunk.input().equals(input)) {
      input = chunk.input();
      rows = new Rows(schema, Input.parse(input));
    }
    if (chunk instanceof LogPartition.Stored stored) {
      byte[] block = BlockBytes.read(stored.path(), stored.block(), conf.value());
      records = BlockBytes.slice(block, stored.skip(), stored.take());
    } else if (chunk instanceof LogPartition.Carried carried) {
      records = ByteBuffer.wrap(carried.records());
    }
  }

  @Override
  public InternalRow get() {
    return rows.row(records.array(), start, length);
  }

  @Override
  public void close() {}
}
