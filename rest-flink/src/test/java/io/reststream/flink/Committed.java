package io.reststream.flink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * What jobs have written in a transactional sink: a value counts once its checkpoint is complete.
 */
final class Committed {
  private static final Map<Long, Committed> ALL = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.incrementAndGet();
  private final Set<UUID> transactions = new HashSet<>();
  private final List<String> values = new ArrayList<>();

  Committed() {
    ALL.put(number, this);
  }

  /** Ends a stream here. */
  void from(DataStream<String> stream) {
    stream
        .process(new TransactionalSink(number))
        .returns(Types.STRING)
        .uid("committed")
        .sinkTo(new DiscardingSink<>());
  }

  synchronized List<String> values() {
    return List.copyOf(values);
  }

  /** Waits until so many values are committed; returns at once when a job has failed. */
  synchronized List<String> await(int count, Duration limit, Job job) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (values.size() < count) {
      job.throwFailure();
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "Expected %d values within %s, but %d came".formatted(count, limit, values.size()));
      }
      wait(20);
    }
    return values();
  }

  /** A transaction that is committed twice, as after a failure, counts once. */
  private synchronized void commit(Transaction transaction) {
    if (transactions.add(transaction.id())) {
      values.addAll(transaction.values());
      notifyAll();
    }
  }

  /** The values of one subtask between two checkpoints; their text has a value on each line. */
  private record Transaction(UUID id, List<String> values) {
    static Transaction of(String text) {
      List<String> lines = Arrays.asList(text.split("\n"));
      return new Transaction(UUID.fromString(lines.get(0)), lines.subList(1, lines.size()));
    }

    String text() {
      return id + "\n" + String.join("\n", values);
    }
  }

  /**
   * The two phases of a transactional sink, in what Flink 1.20 and 2.x have alike: what a
   * checkpoint holds is committed when it is complete, or when a job goes on from it.
   */
  private static final class TransactionalSink extends ProcessFunction<String, String>
      implements CheckpointedFunction, CheckpointListener {
    private static final long serialVersionUID = 1L;

    private final long number;
    private transient List<String> written;
    private transient TreeMap<Long, Transaction> prepared;
    private transient ListState<String> stored;

    TransactionalSink(long number) {
      this.number = number;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      written = new ArrayList<>();
      prepared = new TreeMap<>();
      stored =
          context
              .getOperatorStateStore()
              .getListState(new ListStateDescriptor<>("transactions", Types.STRING));
      for (String text : stored.get()) {
        ALL.get(number).commit(Transaction.of(text));
      }
    }

    @Override
    public void processElement(String value, Context context, Collector<String> out) {
      written.add(value);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      prepared.put(context.getCheckpointId(), new Transaction(UUID.randomUUID(), written));
      written = new ArrayList<>();
      stored.update(prepared.values().stream().map(Transaction::text).toList());
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
      Map<Long, Transaction> complete = prepared.headMap(checkpoint, true);
      complete.values().forEach(ALL.get(number)::commit);
      complete.clear();
    }
  }
}
