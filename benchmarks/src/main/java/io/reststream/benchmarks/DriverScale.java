package io.reststream.benchmarks;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Request;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/**
 * Does the driver of a Spark stream stay small when it reads many inputs? An API that takes 20 ms
 * for each answer has ten records for each of them, and after that, in some rounds, one more for
 * each hundredth. The answers: how long until each input was asked once, the most requests that the
 * API saw at once, batches, the largest offset, the page log, and the driver's heap.
 *
 * <pre>{@code
 * java -Xmx2g -Dsun.net.httpserver.nodelay=true --add-exports java.base/sun.nio.ch=ALL-UNNAMED \
 *     -cp "target/classes:$(cat target/classpath)" io.reststream.benchmarks.DriverScale 10000 64 10s 20
 * }</pre>
 */
public final class DriverScale {
  private static final int RECORDS = 10;
  private static final int SHARE = 100;
  private static final double NANOS = 1e9;
  private static final double MEGABYTE = 1 << 20;
  private static final Executor LATE = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicIntegerArray published;
  private final AtomicIntegerArray asked;
  private final CountDownLatch allAsked;

  private DriverScale(int inputs) {
    published = new AtomicIntegerArray(IntStream.generate(() -> RECORDS).limit(inputs).toArray());
    asked = new AtomicIntegerArray(inputs);
    allAsked = new CountDownLatch(inputs);
  }

  /**
   * Takes the number of inputs, {@code maxConcurrentRequests}, {@code streamingInterval}, and the
   * number of rounds.
   */
  public static void main(String[] args) throws Exception {
    int inputs = Integer.parseInt(args[0]);
    Path checkpoint = Files.createTempDirectory(Path.of("target"), "driver-scale");
    SparkSession spark = LocalSession.open();
    try (FakeApi api = FakeApi.start().withoutLog()) {
      new DriverScale(1).read(spark, api, "8", "10ms", 1, checkpoint.resolve("warm"));
      double before = heap();
      DriverScale driver = new DriverScale(inputs);
      Path measured = checkpoint.resolve("measured");
      driver.read(spark, api, args[1], args[2], Integer.parseInt(args[3]), measured);
      show("heap before %.1f MB", before / MEGABYTE);
    } finally {
      spark.stop();
    }
  }

  private void read(
      SparkSession spark, FakeApi api, String atOnce, String interval, int rounds, Path checkpoint)
      throws Exception {
    api.serve("/items", this::answer);
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();
    StreamingQuery query =
        spark
            .readStream()
            .format("rest")
            .options(
                Map.of(
                    "url",
                    api.url("/items?n={n}&start_id={id}"),
                    "offsetType",
                    "incremental",
                    "offsetField",
                    "id",
                    "streamingInterval",
                    interval,
                    "maxConcurrentRequests",
                    atOnce,
                    "inputData",
                    IntStream.range(0, asked.length())
                        .mapToObj("{\"n\":%d}"::formatted)
                        .collect(Collectors.joining(",", "[", "]"))))
            .load()
            .writeStream()
            .foreachBatch(
                (VoidFunction2<Dataset<Row>, Long>) (batch, id) -> rows.addAndGet(batch.count()))
            .option("checkpointLocation", checkpoint.toString())
            .start();
    try {
      allAsked.await();
      double all = (System.nanoTime() - start) / NANOS;
      long expected = (long) asked.length() * RECORDS;
      await(query, expected);
      show(
          "%d inputs: all asked once after %.1f s, all %d records after %.1f s",
          asked.length(), all, expected, (System.nanoTime() - start) / NANOS);
      stand(checkpoint);
      for (int round = 0; round < rounds; round++) {
        for (int n = round % SHARE; n < asked.length(); n += SHARE) {
          published.incrementAndGet(n);
          expected++;
        }
        await(query, expected);
      }
      show("after %d rounds of 1 record for each %dth input", rounds, SHARE);
      stand(checkpoint);
    } finally {
      query.stop();
    }
  }

  private Answer answer(Request request) {
    most.accumulateAndGet(open.incrementAndGet(), Math::max);
    requests.incrementAndGet();
    int n = Integer.parseInt(String.valueOf(request.param("n")));
    int from = Integer.parseInt(String.valueOf(request.param("start_id")));
    String records =
        IntStream.rangeClosed(Math.max(from, 1), published.get(n))
            .mapToObj("{\"id\":%d,\"name\":\"record\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    CompletableFuture.runAsync(() -> {}, LATE).join();
    if (asked.getAndIncrement(n) == 0) {
      allAsked.countDown();
    }
    open.decrementAndGet();
    return Answer.json(records);
  }

  /**
   * Waits until so many records were delivered; more are an error, and so is a query that ended.
   */
  private void await(StreamingQuery query, long expected) throws Exception {
    while (rows.get() < expected) {
      if (query.awaitTermination(10)) {
        throw new IllegalStateException("The query has ended");
      }
    }
    if (rows.get() > expected) {
      throw new IllegalStateException("%d rows instead of %d".formatted(rows.get(), expected));
    }
  }

  private void stand(Path checkpoint) throws Exception {
    double peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum();
    Path log = checkpoint.resolve("sources/0");
    long[] segments = sizes(log.resolve("segments"));
    show(
        "  %d requests, %d at once at most; %d batches; largest offset %d bytes; page log %.2f MB"
            + " in %d segments, the newest %d bytes; heap %.1f MB after a collection, %.0f MB at"
            + " most",
        requests.get(),
        most.get(),
        batches(checkpoint.resolve("offsets")),
        largestOffset(checkpoint.resolve("offsets")),
        size(log) / MEGABYTE,
        segments.length,
        segments.length == 0 ? 0 : segments[segments.length - 1],
        heap() / MEGABYTE,
        peak / MEGABYTE);
  }

  /** How many batches there were: Spark keeps the files of the last hundred. */
  private static long batches(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("\\d+"))
              .mapToLong(Long::parseLong)
              .max()
              .orElseThrow()
          + 1;
    }
  }

  /** The length of the longest offset of the source: the last line of Spark's file. */
  private static int largestOffset(Path directory) throws IOException {
    int largest = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[0-9]*")) {
      for (Path file : files) {
        List<String> lines = Files.readAllLines(file);
        largest = Math.max(largest, lines.get(lines.size() - 1).length());
      }
    }
    return largest;
  }

  private static double size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** The sizes of the files in a directory, in the order of their names. */
  private static long[] sizes(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .mapToLong(file -> file.toFile().length())
          .toArray();
    }
  }

  private static double heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void show(String text, Object... values) {
    System.out.printf(Locale.ROOT, text + "%n", values);
  }
}
