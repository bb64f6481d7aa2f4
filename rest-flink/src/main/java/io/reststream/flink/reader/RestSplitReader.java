package io.reststream.flink.reader;

import io.reststream.core.Page;
import io.reststream.core.Polled;
import io.reststream.core.Position;
import io.reststream.core.RestPoller;
import io.reststream.core.Wait;
import io.reststream.flink.split.PageRest;
import io.reststream.flink.split.RestSplit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads many splits with one thread and a few requests in flight. All waiting is in one place,
 * where an answer, the next due time or {@link #wakeUp} ends it.
 *
 * <p>Of each split one page at most is fetched ahead. It becomes state only when the emitter has
 * it; until then a failure just asks for it again.
 */
final class RestSplitReader implements SplitReader<PageCursor, RestSplit> {
  private static final Logger LOG = LoggerFactory.getLogger(RestSplitReader.class);

  /** The clock may be set meanwhile, so no wait is longer than this. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final RestPoller poller;
  private final Gate gate;
  private final Stops stops;
  private final int batchSize;
  private final boolean bounded;
  private final RowLimit limit;
  private final RestReaderMetrics metrics;

  private final Inbox<Answer> inbox = new Inbox<>();
  private final Map<String, Feed> feeds = new HashMap<>();
  private final Set<Feed> paused = new HashSet<>();
  private final Schedule schedule = new Schedule();
  private final Set<String> finished = new HashSet<>();
  private int inFlight;

  RestSplitReader(
      RestPoller poller,
      Gate gate,
      Stops stops,
      int batchSize,
      boolean bounded,
      RowLimit limit,
      RestReaderMetrics metrics) {
    this.poller = poller;
    this.gate = gate;
    this.stops = stops;
    this.batchSize = batchSize;
    this.bounded = bounded;
    this.limit = limit;
    this.metrics = metrics;
    gate.onOpen(inbox::wakeUp);
    limit.onMove(inbox::wakeUp);
    stops.onAsk(inbox::wakeUp);
  }

  private record Answer(Feed feed, @Nullable Polled polled, @Nullable Throwable failure) {}

  @Override
  public PageSlice fetch() throws IOException {
    while (true) {
      receive();
      stop();
      ask();
      PageSlice slice = handOver();
      if (slice != null) {
        return slice;
      }
      if (inbox.takeWakeUp()) {
        return PageSlice.nothing();
      }
      await();
    }
  }

  private void receive() throws IOException {
    for (Answer answer = inbox.poll(); answer != null; answer = inbox.poll()) {
      inFlight--;
      Feed feed = answer.feed();
      if (feeds.get(feed.id()) != feed) {
        continue;
      }
      Polled polled = answer.polled();
      if (polled instanceof Page page) {
        page.warnings().forEach(LOG::warn);
        FetchedPage fetched = FetchedPage.of(page, bounded);
        metrics.page(fetched);
        feed.arrive(fetched, 0, poller.clock().instant());
        countHeldBack();
      } else if (polled instanceof Wait wait) {
        feed.waitUntil(wait.until());
      } else {
        throw rethrown(answer.failure());
      }
      schedule.place(feed);
    }
  }

  private static IOException rethrown(@Nullable Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return new IOException("Reading the API failed: " + cause, cause);
  }

  /** Ends what is to end before its stream does. */
  private void stop() {
    boolean all = bounded && limit.isReached();
    if (!all && stops.isEmpty()) {
      return;
    }
    for (Feed feed : List.copyOf(feeds.values())) {
      if (stops.take(feed.id()) || all) {
        end(feed);
      }
    }
  }

  private void ask() {
    Instant now = poller.clock().instant();
    while (mayAsk()) {
      Feed feed = schedule.takeDue(now);
      if (feed == null) {
        return;
      }
      CompletableFuture<Polled> request = poller.poll(feed.input(), feed.position());
      feed.ask(request);
      inFlight++;
      var unused =
          request.whenComplete((polled, failure) -> inbox.put(new Answer(feed, polled, failure)));
    }
  }

  private boolean mayAsk() {
    return inFlight + schedule.ready() < gate.requests() && limit.exceeds(metrics.pending());
  }

  private @Nullable PageSlice handOver() {
    if (!finished.isEmpty()) {
      Set<String> splits = Set.copyOf(finished);
      finished.clear();
      return PageSlice.finished(splits);
    }
    Feed feed = schedule.takeReady();
    if (feed == null) {
      return null;
    }
    PageSlice slice = feed.take(batchSize);
    if (slice.finishedSplits().isEmpty()) {
      schedule.place(feed);
    } else {
      feeds.remove(feed.id());
    }
    return slice;
  }

  private void await() throws IOException {
    Instant due = mayAsk() ? schedule.nextDue() : null;
    metrics.waitingUntil(inFlight > 0 ? null : due);
    Duration wait = LONGEST_WAIT;
    if (due != null) {
      Duration untilDue = Duration.between(poller.clock().instant(), due);
      wait = untilDue.compareTo(LONGEST_WAIT) < 0 ? untilDue : LONGEST_WAIT;
    }
    try {
      inbox.await(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for the API");
    }
  }

  @Override
  public void handleSplitsChanges(SplitsChange<RestSplit> change) {
    if (change instanceof SplitsAddition) {
      change.splits().forEach(this::add);
    } else if (change instanceof SplitsRemoval) {
      change.splits().forEach(this::remove);
    } else {
      throw new UnsupportedOperationException("A change of splits is unknown: " + change);
    }
  }

  private void add(RestSplit split) {
    if (split.finished()) {
      finished.add(split.splitId());
      return;
    }
    Position known = split.position();
    if (known != null) {
      poller.check(known);
    }
    Position position = known == null ? poller.start() : known;
    Instant now = poller.clock().instant();
    Feed feed = new Feed(split.splitId(), split.input(), position, now);
    PageRest rest = split.rest();
    if (rest != null) {
      feed.arrive(
          new FetchedPage(rest.records(), rest.info(), position, split.last()), rest.from(), now);
      metrics.fetched(rest.size());
    }
    feeds.put(feed.id(), feed);
    schedule.place(feed);
  }

  private void remove(RestSplit split) {
    Feed feed = feeds.get(split.splitId());
    if (feed != null) {
      end(feed);
    }
  }

  private void end(Feed feed) {
    feeds.remove(feed.id());
    schedule.remove(feed);
    feed.cancel();
    poller.forget(feed.input(), feed.position());
    metrics.fetched(-feed.recordsLeft());
    if (paused.remove(feed)) {
      countHeldBack();
    }
    finished.add(feed.id());
  }

  @Override
  public void pauseOrResumeSplits(
      Collection<RestSplit> splitsToPause, Collection<RestSplit> splitsToResume) {
    splitsToPause.forEach(split -> pause(split, true));
    splitsToResume.forEach(split -> pause(split, false));
  }

  private void pause(RestSplit split, boolean pause) {
    Feed feed = feeds.get(split.splitId());
    if (feed != null) {
      schedule.remove(feed);
      feed.pause(pause);
      if (pause ? paused.add(feed) : paused.remove(feed)) {
        countHeldBack();
      }
      schedule.place(feed);
    }
  }

  /** Nobody gets the records of paused splits: they must not keep the others from being asked. */
  private void countHeldBack() {
    limit.heldBack(paused.stream().mapToLong(Feed::recordsLeft).sum());
  }

  @Override
  public void wakeUp() {
    inbox.wakeUp();
  }

  @Override
  public void close() {
    for (Feed feed : feeds.values()) {
      feed.cancel();
      metrics.fetched(-feed.recordsLeft());
    }
    feeds.clear();
  }
}
