package io.reststream.flink;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;

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
    stream.sinkTo(new TransactionalSink(number)).uid("committed");
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

  record Transaction(UUID id, List<String> values) {}

  private record TransactionalSink(long number)
      implements Sink<String>, SupportsCommitter<Transaction> {

    @Override
    public SinkWriter<String> createWriter(WriterInitContext context) {
      return new Writer();
    }

    /** What Flink 1.20 declares besides. */
    public SinkWriter<String> createWriter(Sink.InitContext context) {
      return new Writer();
    }

    @Override
    public Committer<Transaction> createCommitter(CommitterInitContext context) {
      return new Commit(number);
    }

    @Override
    public SimpleVersionedSerializer<Transaction> getCommittableSerializer() {
      return new TransactionSerializer();
    }
  }

  private static final class Writer implements CommittingSinkWriter<String, Transaction> {
    private List<String> written = new ArrayList<>();

    @Override
    public void write(String value, Context context) {
      written.add(value);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public Collection<Transaction> prepareCommit() {
      Transaction transaction = new Transaction(UUID.randomUUID(), written);
      written = new ArrayList<>();
      return List.of(transaction);
    }

    @Override
    public void close() {}
  }

  private record Commit(long number) implements Committer<Transaction> {
    @Override
    public void commit(Collection<CommitRequest<Transaction>> requests) {
      requests.forEach(request -> ALL.get(number).commit(request.getCommittable()));
    }

    @Override
    public void close() {}
  }

  private static final class TransactionSerializer
      implements SimpleVersionedSerializer<Transaction> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Transaction transaction) throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(256);
      out.writeUTF(transaction.id().toString());
      out.writeInt(transaction.values().size());
      for (String value : transaction.values()) {
        out.writeUTF(value);
      }
      return out.getCopyOfBuffer();
    }

    @Override
    public Transaction deserialize(int version, byte[] serialized) throws IOException {
      DataInputDeserializer in = new DataInputDeserializer(serialized);
      UUID id = UUID.fromString(in.readUTF());
      List<String> values = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        values.add(in.readUTF());
      }
      return new Transaction(id, values);
    }
  }
}
