package io.reststream.flink.reader;

import io.reststream.core.Input;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.core.config.RestOptions;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.flink.limits.InputsGone;
import io.reststream.flink.limits.JobLimits;
import io.reststream.flink.limits.PauseAsked;
import io.reststream.flink.limits.Reads;
import io.reststream.flink.split.RestSplit;
import io.reststream.flink.split.RestSplitState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
  private final RestPoller poller;
  private final Gate gate;
  private final Stops stops;

  /** Whether an input is read; told by {@link InputsGone} where inputs are discovered. */
  private Predicate<Input> wanted;

  private final boolean discovered;

  /** Splits that were asked to stop and have not stopped yet. */
  private final Set<String> stopping = new HashSet<>();

  private final boolean bounded;

  /** How many requests the job may have under way, if that was said. */
  private final Optional<Integer> mostRequests;

  /** Splits of inputs that are not wanted any more: kept in the state, never read. */
  private final Map<String, RestSplit> removed = new HashMap<>();

  private boolean removedAreReleased = true;
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
    this.wanted = discovered ? input -> true : new HashSet<>(config.inputs())::contains;
    this.bounded = config.mode() == ReadMode.BATCH;
    this.mostRequests = config.find(RestOptions.MAX_CONCURRENT_REQUESTS);
    poller.onPause(until -> context.sendSourceEventToCoordinator(new PauseAsked(until)));
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
      if (wanted.test(split.input())) {
        if (split.position() != null) {
          poller.check(split.position());
        }
        toRead.add(split);
      } else {
        removed.put(split.splitId(), split);
        removedAreReleased = false;
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
    splits.addAll(removed.values());
    return splits;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    if (!removedAreReleased) {
      removed.keySet().forEach(split -> release(split, output));
      removedAreReleased = true;
    }
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

  /** Flink made an output for the restored split; its watermark would hold back all others. */
  private static void release(String split, ReaderOutput<?> output) {
    var unused = output.createOutputForSplit(split);
    output.releaseOutputForSplit(split);
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
      read(input -> !gone.inputs().contains(input));
    } else {
      super.handleSourceEvents(event);
    }
  }

  /** Stops what is not wanted any more, and goes on with what is wanted again. */
  private void read(Predicate<Input> inputs) {
    wanted = inputs;
    allAssigned = true;
    for (RestSplit split : super.snapshotState(0)) {
      if (!wanted.test(split.input()) && stopping.add(split.splitId())) {
        stops.ask(split.splitId());
      }
    }
    List<RestSplit> again =
        removed.values().stream().filter(split -> wanted.test(split.input())).toList();
    again.forEach(split -> removed.remove(split.splitId()));
    if (!again.isEmpty()) {
      super.addSplits(again);
    }
    tellWhetherItReads();
    splitFetcherManager.getQueue().notifyAvailable();
  }

  /** Keeps what was stopped; unless it is wanted again meanwhile, which is then gone on with. */
  private void stopped(RestSplit split) {
    if (split.finished()) {
      return;
    }
    if (wanted.test(split.input())) {
      super.addSplits(List.of(split));
      tellWhetherItReads(); // it said that it does not, if this was its last split
    } else {
      removed.put(split.splitId(), split);
    }
  }

  @Override
  protected void onSplitFinished(Map<String, RestSplitState> finished) {
    finished.forEach(
        (id, state) -> {
          if (stopping.remove(id)) {
            var unused = stops.take(id);
            stopped(state.toSplit());
          }
        });
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
