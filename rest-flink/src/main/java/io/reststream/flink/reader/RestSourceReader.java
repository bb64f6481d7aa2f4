package io.reststream.flink.reader;

import io.reststream.core.Input;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.core.config.RestOptions;
import io.reststream.flink.deserializer.RestDeserializer;
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
  private final RestPoller poller;
  private final Gate gate;
  private final Set<Input> inputs;
  private final boolean bounded;

  /** Splits of inputs that {@code inputData} no longer names: kept in the state, never read. */
  private final Map<String, RestSplit> removed = new HashMap<>();

  private boolean removedAreReleased = true;
  private boolean allAssigned;
  private boolean idle;

  /** A reader that asks the API that {@code config} names. */
  public static <T> RestSourceReader<T> open(
      RestConfig config, RestDeserializer<T> deserializer, SourceReaderContext context) {
    return new RestSourceReader<>(config, RestPoller.open(config), deserializer, context);
  }

  /** Takes over the poller, which all of this reader's split readers use, and closes it. */
  RestSourceReader(
      RestConfig config,
      RestPoller poller,
      RestDeserializer<T> deserializer,
      SourceReaderContext context) {
    this(
        config,
        poller,
        deserializer,
        context,
        new RestReaderMetrics(context.metricGroup(), poller),
        new Gate());
  }

  private RestSourceReader(
      RestConfig config,
      RestPoller poller,
      RestDeserializer<T> deserializer,
      SourceReaderContext context,
      RestReaderMetrics metrics,
      Gate gate) {
    super(
        () ->
            new RestSplitReader(
                poller,
                gate,
                config.value(RestOptions.BATCH_SIZE),
                config.mode() == ReadMode.BATCH,
                metrics),
        new RestRecordEmitter<>(deserializer, metrics),
        context.getConfiguration(),
        context);
    this.poller = poller;
    this.gate = gate;
    this.inputs = new HashSet<>(config.inputs());
    this.bounded = config.mode() == ReadMode.BATCH;
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
      if (inputs.contains(split.input())) {
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
    context.sendSourceEventToCoordinator(new Reads(getNumberOfCurrentlyAssignedSplits() > 0));
  }

  /** What the job's readers share; a pause needs no wake-up, since it only makes waits longer. */
  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof JobLimits limits) {
      poller.share(limits.readers());
      poller.pauseUntil(limits.pausedUntil());
      gate.open();
    } else {
      super.handleSourceEvents(event);
    }
  }

  @Override
  protected void onSplitFinished(Map<String, RestSplitState> finished) {
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
