package io.reststream.flink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * What came out of jobs, as soon as it came out. Jobs run in the JVM of the test, so they reach it
 * by its number.
 */
final class Received<T> {
  private static final Map<Long, Received<?>> ALL = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.incrementAndGet();
  private final List<T> values = new ArrayList<>();

  Received() {
    ALL.put(number, this);
  }

  /** Ends a stream here. */
  void from(DataStream<T> stream) {
    stream
        .map(new Receive<T>(number))
        .returns(stream.getType())
        .name("received")
        .sinkTo(new DiscardingSink<>());
  }

  synchronized List<T> values() {
    return List.copyOf(values);
  }

  private synchronized void add(T value) {
    values.add(value);
    notifyAll();
  }

  /** Waits until so many values are here; returns at once when a job has failed. */
  synchronized List<T> await(int count, Duration limit, Job job) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (values.size() < count) {
      job.throwFailure();
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "Expected %d values within %s, but %d came, the last of them: %s"
                .formatted(
                    count,
                    limit,
                    values.size(),
                    values.subList(Math.max(0, values.size() - 20), values.size())));
      }
      wait(20);
    }
    return values();
  }

  private record Receive<T>(long number) implements MapFunction<T, T> {
    @Override
    @SuppressWarnings("unchecked")
    public T map(T value) {
      ((Received<T>) ALL.get(number)).add(value);
      return value;
    }
  }
}
