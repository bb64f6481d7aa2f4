package io.reststream.flink.reader;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * What a reader tells Flink's metrics, besides the records that Flink counts itself: {@code
 * pendingRecords} (fetched, not emitted), {@code numBytesIn} (bodies), and in the group {@code
 * rest} the counters {@code requests}, {@code pages} and {@code errors} and the gauge {@code
 * currentWaitMs} (until the next request; 0 while one is under way).
 */
final class RestReaderMetrics {
  private final Counter recordsIn;
  private final Counter bytesIn;
  private final Counter requests;
  private final Counter pages;
  private final Counter errors;

  /** Each of the two is written by one thread, and their difference is only read. */
  private final Counter fetched = new SimpleCounter();

  private final Counter emitted = new SimpleCounter();

  private volatile @Nullable Instant waitingUntil;

  RestReaderMetrics(SourceReaderMetricGroup group, InstantSource clock) {
    recordsIn = group.getIOMetricGroup().getNumRecordsInCounter();
    bytesIn = group.getIOMetricGroup().getNumBytesInCounter();
    group.setPendingRecordsGauge(() -> Math.max(0, fetched.getCount() - emitted.getCount()));
    MetricGroup rest = group.addGroup("rest");
    requests = rest.counter("requests");
    pages = rest.counter("pages");
    errors = rest.counter("errors");
    rest.gauge("currentWaitMs", (Gauge<Long>) () -> currentWait(clock).toMillis());
  }

  private Duration currentWait(InstantSource clock) {
    Instant until = waitingUntil;
    Duration wait = until == null ? Duration.ZERO : Duration.between(clock.instant(), until);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** A page came; called by the fetcher's thread, like all up to {@link #emitted}. */
  void page(FetchedPage page) {
    requests.inc();
    pages.inc();
    bytesIn.inc(page.info().bytes());
    fetched(page.records().size());
  }

  void error() {
    requests.inc();
    errors.inc();
  }

  /** Records wait to be emitted; a negative number of them no longer do. */
  void fetched(int records) {
    fetched.inc(records);
  }

  /** Nothing is asked before this time; null when a request is under way or nothing is due. */
  void waitingUntil(@Nullable Instant until) {
    waitingUntil = until;
  }

  /** A record was emitted; called by the task's thread. */
  void emitted() {
    emitted.inc();
  }

  /** Flink counted an element that was no record; called by the task's thread. */
  void uncount() {
    recordsIn.dec();
  }
}
