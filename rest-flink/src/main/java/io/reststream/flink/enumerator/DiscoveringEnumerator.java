package io.reststream.flink.enumerator;

import io.reststream.core.Input;
import io.reststream.flink.limits.Holds;
import io.reststream.flink.limits.InputsGone;
import io.reststream.flink.limits.PauseAsked;
import io.reststream.flink.limits.ReadNoMore;
import io.reststream.flink.limits.Reads;
import io.reststream.flink.split.RestSplit;
import java.io.IOException;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Deals out inputs as they are found. A new one goes to the reader that reads the fewest splits.
 * One that is found no more stays with its reader, which keeps its position; when it is found again
 * it is assigned to that reader once more, without the position, which the reader has.
 *
 * <p>Nothing is dealt out before every reader has told what it has, so that a restore, which gives
 * readers what they had, is counted.
 */
public final class DiscoveringEnumerator
    implements SplitEnumerator<RestSplit, RestEnumState>,
        SupportsHandleExecutionAttemptSourceEvent {
  private final SplitEnumeratorContext<RestSplit> context;
  private final InputFinder finder;
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

  private final Holdings holdings = new Holdings();

  /** How many splits were assigned again so far. */
  private int rounds;

  /** The readers of a bounded read that know that they have got all. */
  private final Set<Integer> complete = new HashSet<>();

  /**
   * @param finder finds the inputs, and is closed in the end
   * @param interval how long after the start of one discovery the next one starts
   * @param mostAtATime how many requests may be under way at a time
   * @param state what a checkpoint knows, or {@link RestEnumState#initial}
   * @param fresh the splits of an input that was never read
   */
  public DiscoveringEnumerator(
      SplitEnumeratorContext<RestSplit> context,
      InputFinder finder,
      Duration interval,
      int mostAtATime,
      RestEnumState state,
      Function<Input, List<RestSplit>> fresh) {
    this.context = context;
    this.finder = finder;
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
      context.callAsync(finder::find, this::accept);
    } else {
      context.callAsync(finder::find, this::accept, 0, interval.toMillis());
    }
  }

  private void accept(@Nullable Set<Input> inputs, @Nullable Throwable failure) {
    if (failure != null || inputs == null) {
      throw new FlinkRuntimeException("The inputs could not be discovered: " + failure, failure);
    }
    if (inputs.equals(found)) {
      return;
    }
    boolean first = found == null;
    if (first) {
      Set<Input> known = new HashSet<>(assigned);
      known.addAll(waiting.keySet());
      finder.check(known, inputs);
    }
    for (Input input : inputs) {
      if (!assigned.contains(input) && !waiting.containsKey(input)) {
        fresh.apply(input).forEach(this::hold);
      }
    }
    found = new LinkedHashSet<>(inputs);
    holdings.known().forEach(reader -> review(reader, first));
    deal();
  }

  private void hold(RestSplit split) {
    waiting.computeIfAbsent(split.input(), key -> new ArrayList<>()).add(split);
  }

  /**
   * Stops what a reader reads of inputs that are gone, and has it go on with those that are there
   * again.
   *
   * @param first whether the reader waits for the answer to what it has told
   */
  private void review(int reader, boolean first) {
    // A reader that has failed is registered no more before its splits come back.
    if (found == null || !context.registeredReaders().containsKey(reader)) {
      return;
    }
    Set<Input> gone = holdings.stop(reader, found);
    if (first || !gone.isEmpty()) {
      ToReader.send(context, reader, new InputsGone(gone));
    }
    List<RestSplit> again =
        holdings.resume(reader, found).stream()
            .map(split -> RestSplit.again(split, ++rounds))
            .toList();
    if (!again.isEmpty()) {
      context.assignSplits(new SplitsAssignment<>(Map.of(reader, again)));
    }
  }

  @Override
  public void addReader(int subtaskId) {
    holdings.forget(subtaskId);
    complete.remove(subtaskId);
  }

  @Override
  public void addSplitsBack(List<RestSplit> splits, int subtaskId) {
    holdings.forget(subtaskId);
    for (RestSplit split : splits) {
      if (split.round() == 0) { // others are in the reader's state
        assigned.remove(split.input());
        hold(split);
      }
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
      limits.tell(subtaskId, reads);
    } else if (event instanceof Holds holds) {
      if (holdings.add(subtaskId, holds)) {
        review(subtaskId, true);
        deal();
      }
    } else if (event instanceof ReadNoMore told) {
      holdings.move(subtaskId, told);
      review(subtaskId, false);
    } else if (event instanceof PauseAsked pause) {
      limits.pause(subtaskId, pause);
    } else {
      throw new IllegalArgumentException("An event of a reader is unknown: " + event);
    }
  }

  private void deal() {
    int readers = context.currentParallelism();
    if (found == null
        || holdings.known().size() < readers
        || context.registeredReaders().size() < readers) {
      return;
    }
    Map<Integer, List<RestSplit>> dealt = new HashMap<>();
    Map<Integer, Integer> loads = loads();
    for (Input input : found) {
      List<RestSplit> splits = waiting.remove(input);
      if (splits == null) {
        continue;
      }
      assigned.add(input);
      for (RestSplit split : splits) {
        int reader = leastLoaded(loads);
        loads.merge(reader, 1, Integer::sum);
        holdings.add(reader, split.name());
        dealt.computeIfAbsent(reader, key -> new ArrayList<>()).add(split);
      }
    }
    if (!dealt.isEmpty()) {
      context.assignSplits(new SplitsAssignment<>(dealt));
    }
    if (bounded) {
      holdings.known().stream().filter(complete::add).forEach(context::signalNoMoreSplits);
    }
  }

  /**
   * How many splits each reader reads that may get more. None that was told that it has got all: it
   * may have ended, and Flink would drop what is given to it.
   */
  private Map<Integer, Integer> loads() {
    return IntStream.range(0, context.currentParallelism())
        .boxed()
        .filter(reader -> !complete.contains(reader))
        .collect(Collectors.toMap(reader -> reader, holdings::reads));
  }

  private int leastLoaded(Map<Integer, Integer> loads) {
    int readers = Math.min(context.currentParallelism(), mostAtATime);
    return loads.keySet().stream()
        .min(
            Comparator.<Integer, Boolean>comparing(reader -> reader >= readers)
                .thenComparing(loads::get)
                .thenComparing(reader -> reader))
        .orElseThrow(() -> new IllegalStateException("Every reader has got all its splits"));
  }

  @Override
  public RestEnumState snapshotState(long checkpointId) {
    return new RestEnumState(
        bounded, assigned, waiting.values().stream().flatMap(List::stream).toList());
  }

  @Override
  public void close() throws IOException {
    try {
      finder.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("What discovers the inputs could not be closed: " + e, e);
    }
  }
}
