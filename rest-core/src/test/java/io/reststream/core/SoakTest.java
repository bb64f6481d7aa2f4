package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Streams at full speed over loopback, one answer in ten spoilt, restarted now and then: for ten
 * minutes, or as many seconds as {@code -Dsoak.seconds} says.
 */
@Tag("full")
@Timeout(7_200)
class SoakTest {
  private static final Duration GRACE = Duration.ofMinutes(5);
  private static final int STREAMS = SoakApi.STREAMS;
  private static final int SAMPLES = 60;
  private static final int WARM_UP = 5;
  private static final int MORE_THREADS = 12;
  private static final int MORE_SOCKETS = 12;
  private static final long MORE_HEAP_BYTES = 4_000_000;
  private static final long RECORDS_PER_START = 100_000;

  private final AtomicLong records = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong starts = new AtomicLong();
  private volatile boolean over;

  /** What the process of the client holds at one time. */
  private record Sample(long heapBytes, int threads, long sockets) {}

  @Test
  void nothingLeaksAndNothingIsLost() throws Exception {
    Duration duration = Duration.ofSeconds(Long.getLong("soak.seconds", 600));
    List<Sample> samples = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(STREAMS);
    long unchanged;
    try (SoakApiProcess api = SoakApiProcess.start(duration.plus(GRACE))) {
      CompletionService<Void> ends = new ExecutorCompletionService<>(threads);
      for (int feed = 0; feed < STREAMS; feed++) {
        RestConfig config = RestConfig.parse(options(api, feed), ReadMode.STREAM);
        ends.submit(() -> read(config), null);
      }
      while (samples.size() < SAMPLES) {
        awaitAnEnd(ends, duration.dividedBy(SAMPLES));
        samples.add(sample());
      }
      over = true;
      for (int feed = 0; feed < STREAMS; feed++) {
        ends.take().get();
      }
      unchanged = api.end();
    } finally {
      threads.shutdownNow();
    }
    report(duration, unchanged, samples);
  }

  /** Lets the time pass, unless a stream fails before. */
  private static void awaitAnEnd(CompletionService<Void> ends, Duration time) throws Exception {
    Future<Void> ended = ends.poll(time.toNanos(), TimeUnit.NANOSECONDS);
    if (ended != null) {
      ended.get();
      throw new AssertionError("A stream has no end");
    }
  }

  private static Map<String, String> options(SoakApiProcess api, int feed) {
    return Map.of(
        "url", api.url("/items?feed=" + feed + "&start_id={id}"),
        "offsetType", "incremental",
        "offsetField", "id",
        "streamingInterval", "0",
        "readTimeout", "1",
        "maxRetries", "100",
        "retryBaseDelay", "1ms",
        "retryMaxDelay", "10ms");
  }

  /** Each record is the one after the last: none lost, none twice. */
  private void read(RestConfig config) {
    long last = 0;
    @Nullable String checkpoint = null;
    while (!over) {
      starts.incrementAndGet();
      RestPoller poller = RestPoller.open(config);
      try (RestStream stream = new RestStream(config, poller, Waiter.blocking(poller.clock()))) {
        if (checkpoint != null) {
          stream.from(checkpoint);
        }
        for (long left = RECORDS_PER_START; left > 0 && !over; left--) {
          String record = stream.next();
          if (!record.startsWith("{\"id\":" + ++last + ",")) {
            throw new AssertionError("Expected record " + last + ", but came " + record);
          }
          records.incrementAndGet();
        }
        checkpoint = stream.checkpoint();
      }
      requests.addAndGet(poller.counters().requests());
      failures.addAndGet(poller.counters().failures());
    }
  }

  private static Sample sample() throws IOException {
    System.gc();
    return new Sample(liveBytes(), ManagementFactory.getThreadMXBean().getThreadCount(), sockets());
  }

  /** What the last collection left, without what was allocated since. */
  private static long liveBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(Objects::nonNull)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }

  /** Where there is no /proc, none are counted. */
  private static long sockets() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(descriptors)) {
      return open.filter(SoakTest::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private void report(Duration duration, long unchanged, List<Sample> samples) {
    System.out.printf(
        "%d s: %d requests, %d of them failed, %d times 304, %d records, %d starts%n",
        duration.toSeconds(),
        requests.get(),
        failures.get(),
        unchanged,
        records.get(),
        starts.get());
    List<List<Sample>> thirds =
        IntStream.range(0, 3)
            .mapToObj(
                third ->
                    samples.subList(
                        Math.max(WARM_UP, third * SAMPLES / 3), (third + 1) * SAMPLES / 3))
            .toList();
    for (List<Sample> third : thirds) {
      System.out.printf(
          "heap after gc at least %.1f MB, at most %d threads, at most %d sockets%n",
          heapBytes(third) / 1e6, threads(third), sockets(third));
    }
    List<Sample> first = thirds.get(0);
    List<Sample> last = thirds.get(2);
    assertThat(heapBytes(last)).isLessThan(heapBytes(first) + MORE_HEAP_BYTES);
    assertThat(threads(last)).isLessThan(threads(first) + MORE_THREADS);
    assertThat(sockets(last)).isLessThan(sockets(first) + MORE_SOCKETS);
    assertThat(failures.get()).isGreaterThan(requests.get() / 20);
    assertThat(records.get()).isPositive();
  }

  /** The least of several, since some of what is live at a time is only under way. */
  private static long heapBytes(List<Sample> samples) {
    return samples.stream().mapToLong(Sample::heapBytes).min().orElseThrow();
  }

  private static int threads(List<Sample> samples) {
    return samples.stream().mapToInt(Sample::threads).max().orElseThrow();
  }

  private static long sockets(List<Sample> samples) {
    return samples.stream().mapToLong(Sample::sockets).max().orElseThrow();
  }
}
