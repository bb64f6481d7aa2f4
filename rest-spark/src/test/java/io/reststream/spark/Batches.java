package io.reststream.spark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;

/**
 * A sink that keeps each batch's records by its id, as an idempotent sink does: a repeated batch
 * takes the place of the first.
 */
final class Batches {
  private final Map<Long, List<String>> records = new TreeMap<>();

  /** The writer of a query into this sink. */
  DataStreamWriter<Row> of(Dataset<Row> stream, Path checkpoint) {
    return stream
        .writeStream()
        .option("checkpointLocation", checkpoint.toString())
        .foreachBatch((VoidFunction2<Dataset<Row>, Long>) this::accept);
  }

  private void accept(Dataset<Row> batch, Long id) {
    put(id, batch.select("output").as(Encoders.STRING()).collectAsList());
  }

  private synchronized void put(long id, List<String> batch) {
    records.put(id, batch);
    notifyAll();
  }

  /** Forgets the batches after this one, as a sink does that is rolled back. */
  synchronized void rollBackTo(long id) {
    records.keySet().removeIf(batch -> batch > id);
  }

  /** The records of each batch, by its id. */
  synchronized Map<Long, List<String>> byId() {
    return new TreeMap<>(records);
  }

  /** How many records each batch holds, in their order. */
  synchronized List<Integer> sizes() {
    return records.values().stream().map(List::size).toList();
  }

  /** All records, in the order of the batches. */
  synchronized List<String> all() {
    List<String> all = new ArrayList<>();
    records.values().forEach(all::addAll);
    return all;
  }

  /** Waits until so many records are here; a failure of the query is thrown. */
  void await(int count, StreamingQuery query, Duration limit) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (all().size() < count) {
      throwFailure(query);
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "Expected %d records within %s, but there are %s".formatted(count, limit, all()));
      }
      synchronized (this) {
        wait(100);
      }
    }
  }

  static void throwFailure(StreamingQuery query) throws Exception {
    if (query.exception().isDefined()) {
      throw query.exception().get();
    }
  }
}
