package io.reststream.flink.enumerator;

import io.reststream.flink.limits.JobLimits;
import io.reststream.flink.limits.PauseAsked;
import io.reststream.flink.limits.Reads;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many readers share the job's limits, and until when the API wants to be left alone by all of
 * them.
 *
 * <p>In no checkpoint: readers tell again after each start what they read, and an API that is asked
 * too early after a failure of the whole job asks for its pause once more.
 */
final class SharedLimits {
  private static final Logger LOG = LoggerFactory.getLogger(SharedLimits.class);

  private final SplitEnumeratorContext<?> context;
  private final int mostReaders;
  private final int mostAtATime;
  private final IntPredicate mayRead;

  /** By reader, as told by itself. */
  private final Map<Integer, Boolean> reads = new HashMap<>();

  private int told;
  private boolean warned;
  private Instant pausedUntil = Instant.MIN;

  /**
   * Nobody has told anything yet.
   *
   * @param mostReaders how many there can be that have something to read
   * @param mostAtATime how many requests may be under way at a time
   * @param mayRead whether a reader that has not told yet may have something to read
   */
  SharedLimits(
      SplitEnumeratorContext<?> context, int mostReaders, int mostAtATime, IntPredicate mayRead) {
    this.context = context;
    this.mostReaders = mostReaders;
    this.mostAtATime = mostAtATime;
    this.mayRead = mayRead;
  }

  /** A reader tells; it gets the limits as they are now, and all do where they have changed. */
  void tell(int reader, Reads report) {
    reads.put(reader, report.any());
    int sharing = sharing();
    if (sharing != told) {
      told = sharing;
      reads.keySet().forEach(this::send);
    } else {
      send(reader);
    }
    warnOfTooMany();
  }

  /** A reader was asked for a pause; the others get it, unless they wait longer already. */
  void pause(int reader, PauseAsked pause) {
    if (pause.until().isAfter(pausedUntil)) {
      pausedUntil = pause.until();
      reads.keySet().stream().filter(other -> other != reader).forEach(this::send);
    }
  }

  /** Readers that have not told yet count as long as they may have something to read. */
  private int sharing() {
    long readers =
        IntStream.range(0, context.currentParallelism())
            .filter(
                reader -> {
                  Boolean report = reads.get(reader);
                  return report == null ? mayRead.test(reader) : report;
                })
            .count();
    return Math.max(1, Math.min((int) readers, mostReaders));
  }

  private void warnOfTooMany() {
    if (!warned && told > mostAtATime && reads.size() == context.currentParallelism()) {
      warned = true;
      LOG.warn(
          "Option 'maxConcurrentRequests' is {}, but {} readers have inputs since a restore dealt them out, and each may have one request under way. A parallelism of the source of at most {} keeps to it.",
          mostAtATime,
          told,
          mostAtATime);
    }
  }

  /** Not to a reader that has nothing to read: in a bounded read it may have ended. */
  private void send(int reader) {
    if (reads.getOrDefault(reader, false)) {
      ToReader.send(context, reader, new JobLimits(told, pausedUntil));
    }
  }
}
