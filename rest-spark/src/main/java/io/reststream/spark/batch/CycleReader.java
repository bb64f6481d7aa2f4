package io.reststream.spark.batch;

import io.reststream.core.Alarm;
import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Polled;
import io.reststream.core.Position;
import io.reststream.core.Records;
import io.reststream.core.RestPoller;
import io.reststream.core.Wait;
import io.reststream.spark.log.PageFacts;
import io.reststream.spark.read.RowFormat;
import io.reststream.spark.read.Rows;
import io.reststream.spark.read.TaskWait;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one cycle of each of some inputs, or their stretches, a page in memory at a time. */
final class CycleReader implements PartitionReader<InternalRow> {
  private static final Logger LOG = LoggerFactory.getLogger(CycleReader.class);

  private final RestPoller poller;
  private final Alarm alarm = Alarm.system();
  private final Rows rows;
  private final int limit;
  private final Iterator<CyclePartition.Read> reads;
  private Input input;
  private Position position;
  private boolean ended;
  private Records records = Records.empty();
  private int at;
  private int given;
  private @Nullable InternalRow row;

  CycleReader(RestPoller poller, List<CyclePartition.Read> reads, RowFormat format, int limit) {
    this.poller = poller;
    this.rows = format.rows();
    this.limit = limit;
    this.reads = reads.iterator();
    CyclePartition.Read first = this.reads.next();
    this.input = first.input();
    this.position = Position.parse(first.start());
  }

  @Override
  public boolean next() throws IOException {
    if (given == limit) {
      return false;
    }
    row = null;
    while (row == null) {
      if (at < records.size()) {
        row = rows.row(records.buffer(), records.start(at), records.length(at));
        at++;
      } else if (!ended) {
        fetch();
      } else if (reads.hasNext()) {
        CyclePartition.Read next = reads.next();
        input = next.input();
        position = Position.parse(next.start());
        ended = false;
      } else {
        return false;
      }
    }
    given++;
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
      rows.origin(input, PageFacts.of(page.info()));
    } else if (polled instanceof Wait wait) {
      var unused = TaskWait.await(alarm.at(wait.until()));
    }
  }

  @Override
  public InternalRow get() {
    return Objects.requireNonNull(row);
  }

  @Override
  public void close() {
    poller.close();
    alarm.close();
  }
}
