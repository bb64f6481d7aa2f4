package io.reststream.spark.batch;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Polled;
import io.reststream.core.Position;
import io.reststream.core.Records;
import io.reststream.core.RestPoller;
import io.reststream.core.Wait;
import io.reststream.spark.read.Rows;
import io.reststream.spark.read.TaskWait;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one cycle of each of some inputs, or their stretches, a page in memory at a time. */
final class CycleReader implements PartitionReader<InternalRow> {
  private static final Logger LOG = LoggerFactory.getLogger(CycleReader.class);

  private final RestPoller poller;
  private final StructType schema;
  private final Iterator<CyclePartition.Read> reads;
  private Input input;
  private Rows rows;
  private Position position;
  private boolean ended;
  private Records records = Records.empty();
  private int at = -1;

  CycleReader(RestPoller poller, List<CyclePartition.Read> reads, StructType schema) {
    this.poller = poller;
    this.schema = schema;
    this.reads = reads.iterator();
    CyclePartition.Read first = this.reads.next();
    this.input = first.input();
    this.rows = new Rows(schema, input);
    this.position = Position.parse(first.start());
  }

  @Override
  public boolean next() throws IOException {
    at++;
    while (at >= records.size()) {
      if (!ended) {
        fetch();
      } else if (reads.hasNext()) {
        CyclePartition.Read next = reads.next();
        input = next.input();
        rows = new Rows(schema, input);
        position = Position.parse(next.start());
        ended = false;
      } else {
        return false;
      }
    }
    return true;
  }

  private void fetch() throws IOException {
    Polled polled = TaskWait.await(poller.poll(input, position));
    if (polled instanceof Page page) {
      page.warnings().forEach(warning -> LOG.warn("{}: {}", page.info().url(), warning));
      position = page.next();
      ended = position.betweenCycles();
      records = page.records();
      at = 0;
    } else if (polled instanceof Wait wait) {
      long millis = Duration.between(poller.clock().instant(), wait.until()).toMillis();
      CompletableFuture<Polled> never = new CompletableFuture<>();
      Polled unused =
          TaskWait.await(never.completeOnTimeout(wait, Math.max(0, millis), TimeUnit.MILLISECONDS));
    }
  }

  @Override
  public InternalRow get() {
    return rows.row(records.buffer(), records.start(at), records.length(at));
  }

  @Override
  public void close() {
    poller.close();
  }
}
