package io.reststream.flink.reader;

import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.flink.deserializer.RestRecord;
import io.reststream.flink.split.RestSplitState;
import java.io.IOException;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Deserializes and emits a record, and moves the split's state past it. */
final class RestRecordEmitter<T> implements RecordEmitter<PageCursor, T, RestSplitState> {
  private final RestDeserializer<T> deserializer;
  private final RestReaderMetrics metrics;
  private final RowLimit limit;
  private final ToOutput<T> collector = new ToOutput<>();
  private @Nullable RestRecord record;

  RestRecordEmitter(RestDeserializer<T> deserializer, RestReaderMetrics metrics, RowLimit limit) {
    this.deserializer = deserializer;
    this.metrics = metrics;
    this.limit = limit;
  }

  @Override
  public void emitRecord(PageCursor at, SourceOutput<T> output, RestSplitState state)
      throws IOException {
    if (at.atRecord()) {
      emit(at, output, state);
      limit.emitted(collector.values);
      metrics.emitted();
      limit.tell(metrics.pending());
    } else {
      metrics.uncount();
    }
    state.advance(at.records(), at.index() + 1, at.info(), at.position(), at.last());
  }

  private void emit(PageCursor at, SourceOutput<T> output, RestSplitState state)
      throws IOException {
    collector.output = output;
    collector.values = 0;
    try {
      deserializer.deserialize(recordAt(at, state), collector);
    } catch (IOException e) {
      throw unreadable(at, e.getMessage(), e);
    } catch (RuntimeException e) {
      if (collector.handingOver) {
        throw e; // of the job's next operators, which has nothing to do with the record's form
      }
      throw unreadable(at, e.toString(), e);
    }
  }

  private static IOException unreadable(PageCursor at, @Nullable String why, Exception cause) {
    return new IOException(
        "Record %d of %d of page %d of %s cannot be deserialized: %s"
            .formatted(at.index() + 1, at.records().size(), at.info().page(), at.info().url(), why),
        cause);
  }

  private RestRecord recordAt(PageCursor at, RestSplitState state) {
    RestRecord reused = record;
    if (reused == null) {
      reused = new RestRecord(state.input(), at.info(), at.records(), at.index());
      record = reused;
    } else {
      reused.moveTo(state.input(), at.info(), at.records(), at.index());
    }
    return reused;
  }

  private static final class ToOutput<T> implements Collector<T> {
    private @Nullable SourceOutput<T> output;
    private boolean handingOver;
    private int values;

    @Override
    public void collect(T value) {
      if (output == null) {
        throw new IllegalStateException("Nothing is being emitted");
      }
      handingOver = true;
      output.collect(value);
      handingOver = false;
      values++;
    }

    @Override
    public void close() {}
  }
}
