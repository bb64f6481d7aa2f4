package io.reststream.benchmarks;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Discards rows, and says how fast they came, the start of their job left out. For one job at a
 * time.
 */
final class TimedSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;
  private static final double NANOS = 1e9;

  /** Of the writer that was closed last, which runs in this JVM. */
  private static volatile double rowsPerSecond;

  /** The rows per second from the first one to the end of the job that has ended. */
  static double rowsPerSecond(long expected) {
    if (rows != expected) {
      throw new IllegalStateException("Expected " + expected + " rows, but were " + rows);
    }
    return rowsPerSecond;
  }

  private static volatile long rows;

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new Writer<>();
  }

  @Override
  @SuppressWarnings("deprecation") // the interface of Flink 1.20 still wants it
  public SinkWriter<T> createWriter(InitContext context) {
    return new Writer<>();
  }

  private static final class Writer<T> implements SinkWriter<T> {
    private long first;
    private long count;

    @Override
    public void write(T row, Context context) {
      if (count == 0) {
        first = System.nanoTime();
      }
      count++;
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {
      rows = count;
      rowsPerSecond = count * NANOS / (System.nanoTime() - first);
    }
  }
}
