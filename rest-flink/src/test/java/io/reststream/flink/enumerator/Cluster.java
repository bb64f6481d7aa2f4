package io.reststream.flink.enumerator;

import io.reststream.core.Input;
import io.reststream.flink.split.RestSplit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;

/** An enumerator with the readers that have registered so far. */
final class Cluster {
  final Context context;
  final RestSplitEnumerator enumerator;

  Cluster(int parallelism, List<Input> inputs, int mostAtATime, RestEnumState state) {
    context = new Context(parallelism);
    enumerator = new RestSplitEnumerator(context, inputs, mostAtATime, state);
    enumerator.start();
  }

  Cluster(int parallelism, List<Input> inputs, RestEnumState state) {
    this(parallelism, inputs, Integer.MAX_VALUE, state);
  }

  static Cluster fresh(int parallelism, int... inputs) {
    return new Cluster(parallelism, inputs(inputs), RestEnumState.initial(false));
  }

  static List<Input> inputs(int... numbers) {
    return Arrays.stream(numbers).mapToObj(n -> Input.parse("{\"n\":%d}".formatted(n))).toList();
  }

  Cluster register(int... readers) {
    for (int reader : readers) {
      context.registerReader(reader, "host");
      enumerator.addReader(reader);
    }
    return this;
  }

  /** The reader is gone, and what it was given does not count any more. */
  Cluster fail(int reader) {
    context.registeredReaders().remove(reader);
    context.getSplitAssignments().remove(reader);
    context.getSentEvents().remove(reader);
    return this;
  }

  Cluster event(int reader, SourceEvent event) {
    enumerator.handleSourceEvent(reader, 0, event);
    return this;
  }

  /** What a reader was told so far. */
  List<SourceEvent> told(int reader) {
    return List.copyOf(context.getSentEvents().getOrDefault(reader, List.of()));
  }

  List<RestSplit> assigned(int reader) {
    var assignment = context.getSplitAssignments().get(reader);
    return assignment == null ? List.of() : assignment.getAssignedSplits();
  }

  List<Input> inputsOf(int reader) {
    return assigned(reader).stream().map(RestSplit::input).toList();
  }

  boolean toldThatThatIsAll(int reader) {
    var assignment = context.getSplitAssignments().get(reader);
    return assignment != null && assignment.hasReceivedNoMoreSplitsSignal();
  }

  RestEnumState state() {
    return enumerator.snapshotState(1);
  }

  /** Flink's, where each reader runs in its first attempt. */
  static final class Context extends TestingSplitEnumeratorContext<RestSplit> {
    Context(int parallelism) {
      super(parallelism);
    }

    @Override
    public Map<Integer, Map<Integer, ReaderInfo>> registeredReadersOfAttempts() {
      return registeredReaders().entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, reader -> Map.of(0, reader.getValue())));
    }

    /** Flink's own refuses to, as it knows no attempts. */
    @Override
    public void sendEventToSourceReader(int subtask, int attempt, SourceEvent event) {
      sendEventToSourceReader(subtask, event);
    }
  }
}
