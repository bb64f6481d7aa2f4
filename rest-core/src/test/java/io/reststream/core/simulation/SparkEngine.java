package io.reststream.core.simulation;

import io.reststream.core.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * As Spark does it: pages with their positions are appended to a log, batches are places in it, and
 * a batch that is run again replaces what it wrote before.
 */
final class SparkEngine implements Engine {
  private final Dice dice;
  private final int batchSize;
  private final Map<String, Position> positions = new HashMap<>();
  private final List<Fetched> fetched = new ArrayList<>();

  private final Map<String, Position> loggedPositions = new HashMap<>();
  private final List<Row> log = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private final Map<Integer, List<Row>> sink = new TreeMap<>();

  private record Row(String input, String record) {}

  private record Fetched(String input, List<String> records, Position position) {}

  SparkEngine(Dice dice, int batchSize) {
    this.dice = dice;
    this.batchSize = batchSize;
  }

  @Override
  public @Nullable Position position(String input) {
    return positions.get(input);
  }

  @Override
  public void accept(String input, List<String> records, Position next) {
    positions.put(input, next);
    fetched.add(new Fetched(input, records, next));
  }

  @Override
  public void work() {
    // Moves without records are saved now and then.
    boolean records = fetched.stream().anyMatch(page -> !page.records().isEmpty());
    if (dice.chance(records ? 0.6 : 0.2)) {
      append();
    }
    if (dice.chance(0.5)) {
      plan();
    }
    if (dice.chance(0.5)) {
      run();
    }
    if (dice.chance(0.1)) {
      run();
    }
  }

  private void append() {
    for (Fetched page : fetched) {
      page.records().forEach(record -> log.add(new Row(page.input(), record)));
      loggedPositions.put(page.input(), page.position());
    }
    fetched.clear();
  }

  private void plan() {
    int from = ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
    if (from < log.size() && sink.size() == ends.size()) {
      ends.add(Math.min(log.size(), from + batchSize));
    }
  }

  /** Runs the last batch, again if it was run before. */
  private void run() {
    int batch = ends.size() - 1;
    if (batch >= 0) {
      int from = batch == 0 ? 0 : ends.get(batch - 1);
      sink.put(batch, List.copyOf(log.subList(from, ends.get(batch))));
    }
  }

  @Override
  public void crash() {
    fetched.clear();
    positions.clear();
    positions.putAll(loggedPositions);
    run();
  }

  @Override
  public void finish() {
    append();
    run();
    while (ends.isEmpty() ? !log.isEmpty() : ends.get(ends.size() - 1) < log.size()) {
      plan();
      run();
    }
  }

  @Override
  public List<String> delivered(String input) {
    return sink.values().stream()
        .flatMap(List::stream)
        .filter(row -> row.input().equals(input))
        .map(Row::record)
        .toList();
  }
}
