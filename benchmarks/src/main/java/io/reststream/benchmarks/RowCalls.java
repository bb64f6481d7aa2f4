package io.reststream.benchmarks;

import io.reststream.spark.RestApi;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.SparkSession;

/**
 * What does a call for each row of a Spark dataset cost beyond the calls, and is memory flat? In
 * turns on one loopback API: a bare {@link java.net.http.HttpClient} loop that has 32 requests
 * under way, and {@link RestApi#call} with two tasks of 16; then a million rows, with the heap's
 * peak.
 *
 * <pre>{@code
 * java -Xmx512m -Dsun.net.httpserver.nodelay=true --add-exports java.base/sun.nio.ch=ALL-UNNAMED \
 *     -cp "target/classes:$(cat target/classpath)" io.reststream.benchmarks.RowCalls 100000 1000000
 * }</pre>
 */
public final class RowCalls {
  private static final int AT_ONCE = 32;
  private static final int ROUNDS = 5;
  private static final double NANOS = 1e9;
  private static final double MEGABYTE = 1 << 20;

  private RowCalls() {}

  /** Takes how many rows a round has, and how many the last run has. */
  public static void main(String[] args) throws InterruptedException {
    long rows = Long.parseLong(args[0]);
    long many = Long.parseLong(args[1]);
    SparkSession spark = LocalSession.open();
    try (FakeApi api = FakeApi.start().withoutLog()) {
      api.serve(
          "/users", asked -> Answer.json("{\"id\":" + asked.param("id") + ",\"name\":\"n\"}"));
      double bare = BareCalls.perSecond(api.url("/users?id="), rows / 2, AT_ONCE);
      double calls = calls(spark, api, rows / 2);
      show("warm-up: bare %.0f/s, calls %.0f/s", bare, calls);
      List<Double> ratios = new ArrayList<>();
      for (int round = 1; round <= ROUNDS; round++) {
        bare = BareCalls.perSecond(api.url("/users?id="), rows, AT_ONCE);
        calls = calls(spark, api, rows);
        ratios.add(calls / bare);
        show("round %d: bare %.0f/s, calls %.0f/s, ratio %.2f", round, bare, calls, calls / bare);
      }
      ratios.sort(null);
      show("median ratio %.2f", ratios.get(ROUNDS / 2));
      heap(spark, api, rows);
      heap(spark, api, many);
    } finally {
      spark.stop();
    }
  }

  private static void heap(SparkSession spark, FakeApi api, long rows) {
    System.gc();
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      pool.resetPeakUsage();
    }
    AtomicLong peak = new AtomicLong();
    AtomicLong live = new AtomicLong();
    Thread watch = new Thread(() -> watch(peak, live), "heap");
    watch.setDaemon(true);
    watch.start();
    double calls = calls(spark, api, rows);
    watch.interrupt();
    show(
        "%d rows: %.0f/s, heap peak %.0f MB, most that lived through a collection %.0f MB, -Xmx %.0f MB",
        rows,
        calls,
        peak.get() / MEGABYTE,
        live.get() / MEGABYTE,
        Runtime.getRuntime().maxMemory() / MEGABYTE);
  }

  private static void watch(AtomicLong peak, AtomicLong live) {
    try {
      while (true) {
        peak.accumulateAndGet(
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), Math::max);
        long after = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
          MemoryUsage usage = pool.getCollectionUsage();
          after += usage == null ? 0 : usage.getUsed();
        }
        live.accumulateAndGet(after, Math::max);
        Thread.sleep(Duration.ofMillis(50).toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double calls(SparkSession spark, FakeApi api, long rows) {
    long start = System.nanoTime();
    RestApi.call(spark.range(0, rows, 1, 2).toDF(), Map.of("url", api.url("/users{?id}")))
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
    return rows * NANOS / (System.nanoTime() - start);
  }

  private static void show(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
