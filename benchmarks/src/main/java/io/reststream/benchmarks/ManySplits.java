package io.reststream.benchmarks;

import io.reststream.flink.DynamicInputs;
import io.reststream.flink.RestSource;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Request;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * How late does one reader of many splits ask? Splits are found little by little, so that later as
 * many are due in each second. Of each poll the API notes how long after the split's last poll it
 * came, and how much that is more than the interval; it takes some time for each answer.
 *
 * <pre>{@code
 * java -Xmx1g -Dsun.net.httpserver.nodelay=true \
 *     -cp "target/classes:$(cat target/classpath)" io.reststream.benchmarks.ManySplits 10000 10 30 0 8
 * }</pre>
 */
public final class ManySplits {
  private static final double NANOS = 1e9;
  private static final double MEGABYTE = 1 << 20;
  private static final Duration DISCOVERY = Duration.ofMillis(500);

  private final int splits;
  private final long intervalNanos;
  private final long answerMillis;
  private final AtomicLongArray polled;
  private final CountDownLatch allFound;
  private final Delays delays = new Delays();

  private ManySplits(int splits, long intervalNanos, long answerMillis) {
    this.splits = splits;
    this.intervalNanos = intervalNanos;
    this.answerMillis = answerMillis;
    this.polled = new AtomicLongArray(splits);
    this.allFound = new CountDownLatch(splits);
  }

  /**
   * Takes the number of splits, the seconds between two polls of each, the seconds of the
   * measurement, the milliseconds that an answer takes, and {@code maxConcurrentRequests}.
   */
  public static void main(String[] args) throws Exception {
    Duration interval = Duration.ofSeconds(Long.parseLong(args[1]));
    ManySplits many =
        new ManySplits(Integer.parseInt(args[0]), interval.toNanos(), Long.parseLong(args[3]));
    try (FakeApi api = FakeApi.start().withoutLog()) {
      api.serve("/items", many::answer);
      double before = heap();
      JobClient job = start(api, many.splits, interval, args[4]);
      many.allFound.await();
      TimeUnit.NANOSECONDS.sleep(2 * interval.toNanos());
      many.measure(Duration.ofSeconds(Long.parseLong(args[2])));
      double after = heap();
      show(
          "heap %.1f MB more than before the job, %.0f bytes for each split",
          (after - before) / MEGABYTE, (after - before) / many.splits);
      job.cancel().join();
    }
  }

  private static JobClient start(FakeApi api, int splits, Duration interval, String atOnce)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("rest.bind-address", "127.0.0.1");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    RestSource<String> source =
        RestSource.<String>builder()
            .url(api.url("/items?n={n}&start_id={id}"))
            .option("offsetType", "incremental")
            .option("offsetField", "id")
            .option("maxConcurrentRequests", atOnce)
            .dynamicInputs(
                new Found(splits, (int) (splits * DISCOVERY.toNanos() / interval.toNanos())),
                DISCOVERY)
            .streamingInterval(interval)
            .deserializer(RestDeserializer.string())
            .build();
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "rest").sinkTo(new DiscardingSink<>());
    return env.executeAsync("many splits");
  }

  private Answer answer(Request asked) {
    long now = System.nanoTime();
    int split = Integer.parseInt(String.valueOf(asked.param("n")));
    long last = polled.getAndSet(split, now);
    if (last == 0) {
      allFound.countDown();
    } else {
      delays.add(now - last - intervalNanos);
    }
    if (answerMillis > 0) {
      try {
        Thread.sleep(answerMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return Answer.json("{\"data\":[]}");
  }

  private void measure(Duration time) throws InterruptedException {
    delays.clear();
    long start = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
    long[] sorted = delays.sorted();
    show(
        "%d splits: %.0f polls/s are due, %.0f/s came; late by median %.1f ms, 95%% %.1f ms, 99%% %.1f ms, most %.1f ms",
        splits,
        splits * NANOS / intervalNanos,
        sorted.length * NANOS / (System.nanoTime() - start),
        millis(sorted, 0.5),
        millis(sorted, 0.95),
        millis(sorted, 0.99),
        millis(sorted, 1));
  }

  private static double millis(long[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * part))] / 1e6;
  }

  private static double heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Inputs that are more with each discovery. */
  private static final class Found implements DynamicInputs {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger FOUND = new AtomicInteger();

    private final int splits;
    private final int each;

    Found(int splits, int each) {
      this.splits = splits;
      this.each = each;
    }

    @Override
    public List<String> columns() {
      return List.of("n");
    }

    @Override
    public Collection<Map<String, Integer>> discover() {
      int found = Math.min(splits, FOUND.addAndGet(each));
      return IntStream.range(0, found).mapToObj(n -> Map.of("n", n)).toList();
    }
  }

  private static final class Delays {
    private long[] nanos = new long[1 << 16];
    private int count;

    synchronized void add(long delay) {
      if (count == nanos.length) {
        nanos = java.util.Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = delay;
    }

    synchronized void clear() {
      count = 0;
    }

    synchronized long[] sorted() {
      long[] sorted = java.util.Arrays.copyOf(nanos, count);
      java.util.Arrays.sort(sorted);
      return sorted;
    }
  }

  private static void show(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
