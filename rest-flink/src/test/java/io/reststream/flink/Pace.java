package io.reststream.flink;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Lets a stream pass as many values as the test allows, and holds the task back meanwhile. */
final class Pace {
  private static final Map<Long, Pace> ALL = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.incrementAndGet();
  private final Semaphore allowed = new Semaphore(0);
  private int passed;

  Pace() {
    ALL.put(number, this);
  }

  <T> DataStream<T> of(DataStream<T> stream) {
    return stream.map(new Step<T>(number)).returns(stream.getType());
  }

  void allow(int values) {
    allowed.release(values);
  }

  /** Waits until so many values have passed. */
  synchronized void awaitPassed(int values, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (passed < values) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Only %d values have passed within %s".formatted(passed, limit));
      }
      wait(20);
    }
  }

  /** Lets values pass slowly, {@code most} at most, until something has happened. */
  void allowOneByOneUntil(Future<?> happened, int most) throws Exception {
    for (int allowedSoFar = 0; allowedSoFar < most && !happened.isDone(); allowedSoFar++) {
      allow(1);
      try {
        happened.get(1, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        continue;
      }
    }
  }

  private synchronized void pass() {
    passed++;
    notifyAll();
  }

  /** Lets everything pass from now on. */
  void free() {
    allowed.release(Integer.MAX_VALUE / 2);
  }

  private record Step<T>(long number) implements MapFunction<T, T> {
    @Override
    public T map(T value) throws Exception {
      if (!ALL.get(number).allowed.tryAcquire(1, TimeUnit.MINUTES)) {
        throw new AssertionError("The test never let this value pass");
      }
      ALL.get(number).pass();
      return value;
    }
  }
}
