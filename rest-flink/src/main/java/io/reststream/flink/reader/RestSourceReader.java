package io.reststream.flink.reader;

import io.reststream.core.Input;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.core.config.RestOptions;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.flink.limits.Holds;
import io.reststream.flink.limits.InputsGone;
import io.reststream.flink.limits.JobLimits;
import io.reststream.flink.limits.PauseAsked;
import io.reststream.flink.limits.ReadNoMore;
import io.reststream.flink.limits.Reads;
import io.reststream.flink.split.RestSplit;
import io.reststream.flink.split.RestSplitState;
import io.reststream.flink.split.SplitName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.core.io.InputStatus;

/**
 * The reader of one subtask. Flink's base class does the carrying: the fetcher's thread, the queue
 * behind it, and the splits' states; here is what is left to decide.
 */
public final class RestSourceReader<T>
    extends SingleThreadMultiplexSourceReaderBase<PageCursor, T, RestSplit, RestSplitState> {
  /** Keeps an event far below what Flink can send at once. */
  private static final int NAMES_AT_A_TIME = 1_000;

  private final RestPoller poller;
  private final Gate gate;
  private final Stops stops;

  /** The inputs that may be read; none that are known where inputs are discovered. */
  private final Set<Input> inputs;

  private final boolean discovered;

  /** The splits that were asked to stop and have not stopped yet. */
  private final Set<String> stopping = new HashSet<>();

  private final boolean bounded;

  /** How many requests the job may have under way, if that was said. */
  private final Optional<Integer> mostRequests;

  private final KeptSplits kept = new KeptSplits();
  private boolean allAssigned;
  private boolean idle;

  /**
   * A reader that asks the API that {@code config} names.
   *
   * @param discovered whether its inputs are not those of {@code inputData}
   * @param limit how many values are wanted of it
   */
  public static <T> RestSourceReader<T> open(
      RestConfig config,
      boolean discovered,
      RestDeserializer<T> deserializer,
      long limit,
      SourceReaderContext context) {
    return new RestSourceReader<>(
        config, discovered, RestPoller.open(config), deserializer, limit, context);
  }

  /** Takes over the poller, which all of this reader's split readers use, and closes it. */
  RestSourceReader(
      RestConfig config,
      boolean discovered,
      RestPoller poller,
      RestDeserializer<T> deserializer,
      long limit,
      SourceReaderContext context) {
    this(
        config,
        discovered,
        poller,
        deserializer,
        new RowLimit(limit),
        context,
        new RestReaderMetrics(context.metricGroup(), poller),
        new Gate(),
        new Stops());
  }

  private RestSourceReader(
      RestConfig config,
      boolean discovered,
      RestPoller poller,
      RestDeserializer<T> deserializer,
      RowLimit limit,
      SourceReaderContext context,
      RestReaderMetrics metrics,
      Gate gate,
      Stops stops) {
    super(
        () ->
            new RestSplitReader(
                poller,
                gate,
                stops,
                config.value(RestOptions.BATCH_SIZE),
                config.mode() == ReadMode.BATCH,
                limit,
                metrics),
        new RestRecordEmitter<>(deserializer, metrics, limit),
        context.getConfiguration(),
        context);
    this.poller = poller;
    this.gate = gate;
    this.stops = stops;
    this.discovered = discovered;
    this.inputs = Set.copyOf(config.inputs());
    this.bounded = config.mode() == ReadMode.BATCH;
    this.mostRequests = config.find(RestOptions.MAX_CONCURRENT_REQUESTS);
    poller.onPause(until -> context.sendSourceEventToCoordinator(new PauseAsked(until)));
  }

  /** Tells what it has; where inputs are discovered, the answer tells which of them are there. */
  @Override
  public void start() {
    super.start();
    if (discovered) {
      List<SplitName> names = super.snapshotState(0).stream().map(RestSplit::name).toList();
      for (int from = 0; from == 0 || from < names.size(); from += NAMES_AT_A_TIME) {
        int to = Math.min(from + NAMES_AT_A_TIME, names.size());
        context.sendSourceEventToCoordinator(
            new Holds(names.subList(from, to), to == names.size()));
      }
    }
  }

  /**
   * Refuses a position of other options here, in the task's own thread and before Flink registers
   * the reader. A fetcher's refusal comes later, when an event may be on its way to the task that
   * fails, and Flink then names the lost event as the cause.
   */
  @Override
  public void addSplits(List<RestSplit> splits) {
    List<RestSplit> toRead = new ArrayList<>();
    for (RestSplit split : splits) {
      if (split.round() > 0) {
        toRead.add(kept.again(split));
      } else if (discovered || inputs.contains(split.input())) {
        if (split.position() != null) {
          poller.check(split.position());
        }
        toRead.add(split);
      } else {
        kept.addUnread(split);
      }
    }
    if (!toRead.isEmpty()) {
      super.addSplits(toRead);
    }
    if (discovered && allAssigned) {
      tellWhetherItReads();
    }
  }

  @Override
  public List<RestSplit> snapshotState(long checkpointId) {
    List<RestSplit> splits = new ArrayList<>(super.snapshotState(checkpointId));
    splits.replaceAll(split -> split.inRound(0));
    splits.addAll(kept.all());
    return splits;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    kept.release(output);
    if (idle && getNumberOfCurrentlyAssignedSplits() > 0) {
      idle = false;
      output.markActive();
    }
    InputStatus status = super.pollNext(output);
    if (!idle && status == InputStatus.NOTHING_AVAILABLE && hasNothingToRead()) {
      idle = true;
      output.markIdle();
    }
    return status;
  }

  /** Whether no split is here and none will come, so that no watermark may wait for this reader. */
  private boolean hasNothingToRead() {
    return allAssigned && getNumberOfCurrentlyAssignedSplits() == 0;
  }

  /** Unbounded splits never finish, and a reader without any is idle rather than at its end. */
  @Override
  public void notifyNoMoreSplits() {
    allAssigned = true;
    tellWhetherItReads();
    if (bounded) {
      super.notifyNoMoreSplits();
    } else {
      splitFetcherManager.getQueue().notifyAvailable();
    }
  }

  private void tellWhetherItReads() {
    context.sendSourceEventToCoordinator(
        new Reads(getNumberOfCurrentlyAssignedSplits() - stopping.size()));
  }

  /** What the job's readers share; a pause needs no wake-up, since it only makes waits longer. */
  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof JobLimits limits) {
      poller.share(limits.readers());
      poller.pauseUntil(limits.pausedUntil());
      gate.open(mostRequests.map(most -> Math.max(1, most / limits.readers())).orElse(Gate.USUAL));
    } else if (event instanceof InputsGone gone) {
      stop(gone.inputs());
    } else {
      super.handleSourceEvents(event);
    }
  }

  private void stop(Set<Input> gone) {
    allAssigned = true;
    for (RestSplit split : super.snapshotState(0)) {
      if (gone.contains(split.input()) && stopping.add(split.splitId())) {
        stops.ask(split.splitId());
      }
    }
    tellWhetherItReads();
    splitFetcherManager.getQueue().notifyAvailable();
  }

  /** Keeps what was stopped before its end. */
  @Override
  protected void onSplitFinished(Map<String, RestSplitState> finished) {
    List<SplitName> stopped = new ArrayList<>();
    List<SplitName> ended = new ArrayList<>();
    finished.forEach(
        (id, state) -> {
          RestSplit split = state.toSplit().inRound(0);
          boolean toStop = stopping.remove(id);
          if (toStop) {
            var unused = stops.take(id);
          }
          if (toStop && !split.finished()) {
            kept.add(split);
            stopped.add(split.name());
          } else {
            ended.add(split.name());
          }
        });
    if (discovered) {
      context.sendSourceEventToCoordinator(new ReadNoMore(stopped, ended));
    }
    if (allAssigned && getNumberOfCurrentlyAssignedSplits() == 0) {
      tellWhetherItReads();
    }
  }

  @Override
  protected RestSplitState initializedState(RestSplit split) {
    return new RestSplitState(split);
  }

  @Override
  protected RestSplit toSplitType(String splitId, RestSplitState state) {
    return state.toSplit();
  }

  @Override
  public void close() throws Exception {
    try {
      super.close();
    } finally {
      poller.close();
    }
  }
}
