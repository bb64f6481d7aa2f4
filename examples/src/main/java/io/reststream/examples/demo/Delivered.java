package io.reststream.examples.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The end of a stream: keeps all records, batch by batch, and shows some while they are waited for.
 * A batch that an engine delivers again takes the place of the first, as in any idempotent sink.
 */
final class Delivered {
  private static final Duration BETWEEN_ROWS = Duration.ofMillis(250);

  private final String engine;
  private final PrintStream out;
  private final Map<Long, List<String>> batches = new TreeMap<>();
  private String last = "";
  private int shown;
  private long shownAt;

  Delivered(String engine, PrintStream out) {
    this.engine = engine;
    this.out = out;
  }

  String engine() {
    return engine;
  }

  /** Takes one record of an engine that has no batches. */
  synchronized void add(String record) {
    put(batches.size(), List.of(record));
  }

  /** Takes a batch. */
  synchronized void put(long number, List<String> batch) {
    batches.put(number, batch);
    last = batch.isEmpty() ? last : batch.get(batch.size() - 1);
    notifyAll();
  }

  /** All records, in the order of the batches. */
  synchronized List<String> records() {
    List<String> records = new ArrayList<>();
    batches.values().forEach(records::addAll);
    return records;
  }

  /** Waits until so many records are here; a failure of the engine is thrown. */
  synchronized void await(int count, Duration limit, Engine reader) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (size() < count) {
      reader.throwFailure();
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s has delivered %d of %d records within %s".formatted(engine, size(), count, limit));
      }
      wait(100);
      if (System.nanoTime() - shownAt >= BETWEEN_ROWS.toNanos()) {
        showLast();
      }
    }
    showLast();
  }

  private void showLast() {
    if (size() > shown) {
      shown = size();
      shownAt = System.nanoTime();
      out.printf("%s %5d  %s%n", engine, shown, last);
    }
  }

  private int size() {
    return batches.values().stream().mapToInt(List::size).sum();
  }
}
