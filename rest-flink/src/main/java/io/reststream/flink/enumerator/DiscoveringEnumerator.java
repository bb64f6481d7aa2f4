package io.reststream.flink.enumerator;

import io.reststream.core.Input;
import io.reststream.flink.limits.InputsGone;
import io.reststream.flink.limits.PauseAsked;
import io.reststream.flink.limits.Reads;
import io.reststream.flink.split.RestSplit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Deals out inputs as they are found. A new one goes to the reader that has the fewest splits, as
 * the readers themselves tell. One that is found no more stays with its reader, which keeps its
 * position and reads on when it is found again.
 *
 * <p>Nothing is dealt out before every reader has told what it has, so that a restore, which gives
 * readers what they had, is counted.
 */
public final class DiscoveringEnumerator
    implements SplitEnumerator<RestSplit, RestEnumState>,
        SupportsHandleExecutionAttemptSourceEvent {
  private final SplitEnumeratorContext<RestSplit> context;
  private final Callable<Set<Input>> discovery;
  private final Duration interval;
  private final int mostAtATime;
  private final Function<Input, List<RestSplit>> fresh;
  private final boolean bounded;
  private final SharedLimits limits;

  /** What was found last; null before the first time. */
  private @Nullable Set<Input> found;

  /** The inputs of which a reader has a split, or has finished one. */
  private final Set<Input> assigned;

  /** The splits that no reader has, by their input, which may be gone. */
  private final Map<Input, List<RestSplit>> waiting = new LinkedHashMap<>();

  /** By reader: how many splits it has. Absent where it did not tell since something changed. */
  private final Map<Integer, Integer> loads = new HashMap<>();

  /** The readers of a bounded read that know that they have got all. */
  private final Set<Integer> complete = new HashSet<>();

  /**
   * @param discovery finds all inputs that there are
   * @param interval how long after the start of one discovery the next one starts
   * @param mostAtATime how many requests may be under way at a time
   * @param state what a checkpoint knows, or {@link RestEnumState#initial}
   * @param fresh the splits of an input that was never read
   */
  public DiscoveringEnumerator(
      SplitEnumeratorContext<RestSplit> context,
      Callable<Set<Input>> discovery,
      Duration interval,
      int mostAtATime,
      RestEnumState state,
      Function<Input, List<RestSplit>> fresh) {
    this.context = context;
    this.discovery = discovery;
    this.interval = interval;
    this.mostAtATime = mostAtATime;
    this.fresh = fresh;
    this.bounded = state.bounded();
    this.assigned = new HashSet<>(state.assigned());
    state.unassigned().forEach(this::hold);
    this.limits = new SharedLimits(context, Integer.MAX_VALUE, mostAtATime, reader -> true);
  }

  @Override
  public void start() {
    if (bounded) {
      context.callAsync(discovery, this::accept);
    } else {
      context.callAsync(discovery, this::accept, 0, interval.toMillis());
    }
  }

  private void accept(@Nullable Set<Input> inputs, @Nullable Throwable failure) {
    if (failure != null || inputs == null) {
      throw new FlinkRuntimeException("The inputs could not be discovered: " + failure, failure);
    }
    if (inputs.equals(found)) {
      return;
    }
    for (Input input : inputs) {
      if (!assigned.contains(input) && !waiting.containsKey(input)) {
        fresh.apply(input).forEach(this::hold);
      }
    }
    found = new LinkedHashSet<>(inputs);
    loads.clear();
    context.registeredReaders().keySet().forEach(this::tell);
  }

  private void hold(RestSplit split) {
    waiting.computeIfAbsent(split.input(), key -> new ArrayList<>()).add(split);
  }

  /**
   * Tells a reader what to read no more, unless that is not known yet; it answers with a number.
   */
  private void tell(int reader) {
    if (found == null) {
      return;
    }
    // Of an input that waits, another reader may still have a part.
    Set<Input> gone = new HashSet<>(assigned);
    gone.addAll(waiting.keySet());
    gone.removeAll(found);
    context
        .registeredReadersOfAttempts()
        .getOrDefault(reader, Map.of())
        .keySet()
        .forEach(attempt -> context.sendEventToSourceReader(reader, attempt, new InputsGone(gone)));
  }

  @Override
  public void addReader(int subtaskId) {
    loads.remove(subtaskId);
    complete.remove(subtaskId);
    tell(subtaskId);
  }

  @Override
  public void addSplitsBack(List<RestSplit> splits, int subtaskId) {
    splits.forEach(
        split -> {
          assigned.remove(split.input());
          hold(split);
        });
    loads.remove(subtaskId);
    if (context.registeredReaders().containsKey(subtaskId)) {
      tell(subtaskId);
    }
  }

  @Override
  public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
    throw new IllegalStateException("Readers are given their splits and never ask for one");
  }

  @Override
  public void handleSourceEvent(int subtaskId, int attemptNumber, SourceEvent event) {
    handleSourceEvent(subtaskId, event);
  }

  @Override
  public void handleSourceEvent(int subtaskId, SourceEvent event) {
    if (event instanceof Reads reads) {
      loads.put(subtaskId, reads.splits());
      limits.tell(subtaskId, reads);
      deal();
    } else if (event instanceof PauseAsked pause) {
      limits.pause(subtaskId, pause);
    } else {
      throw new IllegalArgumentException("An event of a reader is unknown: " + event);
    }
  }

  private void deal() {
    int readers = context.currentParallelism();
    if (found == null || loads.size() < readers || context.registeredReaders().size() < readers) {
      return;
    }
    Map<Integer, List<RestSplit>> dealt = new HashMap<>();
    for (Input input : found) {
      List<RestSplit> splits = waiting.remove(input);
      if (splits == null) {
        continue;
      }
      assigned.add(input);
      for (RestSplit split : splits) {
        dealt.computeIfAbsent(leastLoaded(), key -> new ArrayList<>()).add(split);
      }
    }
    if (!dealt.isEmpty()) {
      context.assignSplits(new SplitsAssignment<>(dealt));
    }
    if (bounded) {
      loads.keySet().stream().filter(complete::add).forEach(context::signalNoMoreSplits);
    }
  }

  /**
   * The reader with the fewest splits, which has one more now. None that was told that it has got
   * all: it may have ended, and Flink would drop what is given to it.
   */
  private int leastLoaded() {
    int readers = Math.min(context.currentParallelism(), mostAtATime);
    int least =
        IntStream.range(0, context.currentParallelism())
            .boxed()
            .filter(reader -> !complete.contains(reader))
            .min(
                Comparator.<Integer, Boolean>comparing(reader -> reader >= readers)
                    .thenComparing(reader -> loads.getOrDefault(reader, 0)))
            .orElseThrow(() -> new IllegalStateException("Every reader has got all its splits"));
    loads.merge(least, 1, Integer::sum);
    return least;
  }

  @Override
  public RestEnumState snapshotState(long checkpointId) {
    return new RestEnumState(
        bounded, assigned, waiting.values().stream().flatMap(List::stream).toList());
  }

  @Override
  public void close() {}
}
