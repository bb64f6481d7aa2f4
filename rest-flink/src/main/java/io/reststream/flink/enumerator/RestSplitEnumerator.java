package io.reststream.flink.enumerator;

import io.reststream.core.Input;
import io.reststream.flink.limits.PauseAsked;
import io.reststream.flink.limits.Reads;
import io.reststream.flink.split.RestSplit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals the inputs out to the readers, one after the other; of an input that the core cuts into
 * stretches, each of these. A split stays with its reader until a failure or a change of
 * parallelism, when Flink itself deals out what the readers had.
 *
 * <p>The n-th split dealt out, counted behind the inputs of earlier ones, goes to reader {@code n %
 * parallelism}. Flink deals restored splits in the same way, so that inputs added later keep the
 * readers balanced. No more readers get splits than requests may be under way at a time, since each
 * may always have one.
 *
 * <p>Through it the readers share the API's limits, and the pauses that it asks for.
 */
public final class RestSplitEnumerator
    implements SplitEnumerator<RestSplit, RestEnumState>,
        SupportsHandleExecutionAttemptSourceEvent {
  private static final Logger LOG = LoggerFactory.getLogger(RestSplitEnumerator.class);

  private final SplitEnumeratorContext<RestSplit> context;
  private final List<Input> inputs;
  private final boolean bounded;
  private final int mostAtATime;
  private final SharedLimits limits;
  private final Function<Input, List<RestSplit>> fresh;

  private final Set<Input> assigned;
  private final List<RestSplit> restored;

  /** By reader: what it gets when it registers. */
  private final Map<Integer, List<RestSplit>> pending = new HashMap<>();

  /** The readers that were dealt something by this enumerator, whether they have it yet or not. */
  private final Set<Integer> dealtTo = new HashSet<>();

  /** Splits of inputs that {@code inputData} no longer names: kept, never read. */
  private final List<RestSplit> removed = new ArrayList<>();

  /**
   * @param inputs what is to be read
   * @param mostAtATime how many requests may be under way at a time
   * @param state what a checkpoint knows, or {@link RestEnumState#initial}
   */
  public RestSplitEnumerator(
      SplitEnumeratorContext<RestSplit> context,
      List<Input> inputs,
      int mostAtATime,
      RestEnumState state) {
    this(context, inputs, mostAtATime, state, null);
  }

  /**
   * @param stretches the splits of an input that was never read; null where each input is one split
   */
  public RestSplitEnumerator(
      SplitEnumeratorContext<RestSplit> context,
      List<Input> inputs,
      int mostAtATime,
      RestEnumState state,
      @Nullable Function<Input, List<RestSplit>> stretches) {
    this.fresh = stretches == null ? input -> List.of(RestSplit.fresh(input)) : stretches;
    this.context = context;
    this.inputs = List.copyOf(inputs);
    this.bounded = state.bounded();
    this.mostAtATime = mostAtATime;
    this.assigned = new HashSet<>(state.assigned());
    this.restored = state.unassigned();
    boolean readersMayHaveSome = !state.assigned().isEmpty();
    this.limits =
        new SharedLimits(
            context,
            stretches == null ? inputs.size() : Integer.MAX_VALUE,
            mostAtATime,
            reader -> readersMayHaveSome || dealtTo.contains(reader));
  }

  @Override
  public void start() {
    Map<Input, List<RestSplit>> kept = new HashMap<>();
    restored.forEach(
        split -> kept.computeIfAbsent(split.input(), key -> new ArrayList<>()).add(split));
    int dealt = assigned.size();
    int readers = Math.min(context.currentParallelism(), mostAtATime);
    for (Input input : inputs) {
      List<RestSplit> splits = kept.remove(input);
      if (splits == null) {
        splits = assigned.contains(input) ? List.of() : fresh.apply(input);
      }
      for (RestSplit split : splits) {
        int reader = dealt++ % readers;
        dealtTo.add(reader);
        pendingOf(reader).add(split);
      }
    }
    kept.values().forEach(removed::addAll);
    if (assigned.isEmpty() && dealt < context.currentParallelism()) {
      LOG.info(
          "The source has {} readers for {} splits: those without any are idle. With a parallelism of {} ('scan.parallelism' in SQL) their slots are free for others.",
          context.currentParallelism(),
          dealt,
          dealt);
    }
  }

  @Override
  public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
    throw new IllegalStateException("Readers are given their splits and never ask for one");
  }

  @Override
  public void addReader(int subtaskId) {
    assignPending(subtaskId);
    context.signalNoMoreSplits(subtaskId);
  }

  @Override
  public void addSplitsBack(List<RestSplit> splits, int subtaskId) {
    pendingOf(subtaskId).addAll(splits);
    splits.forEach(split -> assigned.remove(split.input()));
    if (context.registeredReaders().containsKey(subtaskId)) {
      addReader(subtaskId);
    }
  }

  @Override
  public void handleSourceEvent(int subtaskId, int attemptNumber, SourceEvent event) {
    handleSourceEvent(subtaskId, event);
  }

  @Override
  public void handleSourceEvent(int subtaskId, SourceEvent event) {
    if (event instanceof Reads reads) {
      limits.tell(subtaskId, reads);
    } else if (event instanceof PauseAsked pause) {
      limits.pause(subtaskId, pause);
    } else {
      throw new IllegalArgumentException("An event of a reader is unknown: " + event);
    }
  }

  private void assignPending(int subtaskId) {
    List<RestSplit> splits = pending.remove(subtaskId);
    if (splits != null) {
      splits.forEach(split -> assigned.add(split.input()));
      context.assignSplits(new SplitsAssignment<>(Map.of(subtaskId, splits)));
    }
  }

  private List<RestSplit> pendingOf(int reader) {
    return pending.computeIfAbsent(reader, key -> new ArrayList<>());
  }

  @Override
  public RestEnumState snapshotState(long checkpointId) {
    List<RestSplit> unassigned = new ArrayList<>(removed);
    pending.values().forEach(unassigned::addAll);
    return new RestEnumState(bounded, assigned, unassigned);
  }

  @Override
  public void close() {}
}
