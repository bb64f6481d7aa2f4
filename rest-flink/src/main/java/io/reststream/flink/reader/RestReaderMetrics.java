package io.reststream.flink.reader;

import io.reststream.core.Counters;
import io.reststream.core.RestPoller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * What a reader tells Flink's metrics, besides the records that Flink counts itself: {@code
 * pendingRecords} (fetched, not emitted), {@code numBytesIn} (bodies), and in the group {@code
 * rest}: {@code requests} (retries included), {@code errors} (requests without a usable answer),
 * {@code pages}, {@code recordsDropped} (delivered before), {@code keysHeld} (records remembered)
 * and {@code currentWaitMs} (until the next request; 0 while one is under way).
 */
final class RestReaderMetrics {
  private final InstantSource clock;
  private final Counter recordsIn;
  private final Counter bytesIn;

  /** Each of the two is written by one thread, and their difference is only read. */
  private final LongAdder fetched = new LongAdder();

  private final LongAdder emitted = new LongAdder();

  private volatile @Nullable Instant waitingUntil;

  RestReaderMetrics(SourceReaderMetricGroup group, RestPoller poller) {
    clock = poller.clock();
    recordsIn = group.getIOMetricGroup().getNumRecordsInCounter();
    bytesIn = group.getIOMetricGroup().getNumBytesInCounter();
    group.setPendingRecordsGauge(this::pending);
    Counters counters = poller.counters();
    MetricGroup rest = group.addGroup("rest");
    gauge(rest, "requests", counters::requests);
    gauge(rest, "errors", counters::failures);
    gauge(rest, "pages", counters::pages);
    gauge(rest, "recordsDropped", counters::dropped);
    gauge(rest, "keysHeld", counters::keysHeld);
    gauge(rest, "currentWaitMs", () -> currentWait().toMillis());
  }

  /** How many records were fetched, but not emitted. */
  long pending() {
    return Math.max(0, fetched.sum() - emitted.sum());
  }

  private static void gauge(MetricGroup group, String name, LongSupplier value) {
    group.gauge(name, (Gauge<Long>) value::getAsLong);
  }

  private Duration currentWait() {
    Instant until = waitingUntil;
    Duration wait = until == null ? Duration.ZERO : Duration.between(clock.instant(), until);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** A page came; called by the fetcher's thread, like all up to {@link #waitingUntil}. */
  void page(FetchedPage page) {
    bytesIn.inc(page.info().bytes());
    fetched(page.records().size());
  }

  /** Records wait to be emitted; a negative number of them no longer do. */
  void fetched(int records) {
    fetched.add(records);
  }

  /** Nothing is asked before this time; null when a request is under way or nothing is due. */
  void waitingUntil(@Nullable Instant until) {
    waitingUntil = until;
  }

  /** A record was emitted; called by the task's thread. */
  void emitted() {
    emitted.increment();
  }

  /** Flink counted an element that was no record; called by the task's thread. */
  void uncount() {
    recordsIn.dec();
  }
}
