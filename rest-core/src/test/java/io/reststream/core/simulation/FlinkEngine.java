package io.reststream.core.simulation;

import io.reststream.core.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As Flink does it: a checkpoint holds each position with what was not emitted yet, and what was
 * emitted since the last checkpoint is taken back from the sink.
 */
final class FlinkEngine implements Engine {
  private static final int KEPT_CHECKPOINTS = 3;

  private final Dice dice;
  private final Map<String, Position> positions = new HashMap<>();
  private final Map<String, Deque<String>> rests = new HashMap<>();
  private final Map<String, List<String>> emitted = new HashMap<>();
  private final Deque<Checkpoint> checkpoints = new ArrayDeque<>();

  private record Checkpoint(
      Map<String, Position> positions,
      Map<String, List<String>> rests,
      Map<String, Integer> sizes) {}

  FlinkEngine(Dice dice) {
    this.dice = dice;
    checkpoints.push(new Checkpoint(Map.of(), Map.of(), Map.of()));
  }

  @Override
  public @Nullable Position position(String input) {
    return positions.get(input);
  }

  @Override
  public void accept(String input, List<String> records, Position next) {
    positions.put(input, next);
    rests.computeIfAbsent(input, key -> new ArrayDeque<>()).addAll(records);
  }

  @Override
  public void work() {
    rests.forEach(
        (input, rest) -> {
          for (int left = dice.below(rest.size() + 2); left > 0 && !rest.isEmpty(); left--) {
            emit(input, rest.removeFirst());
          }
        });
    if (dice.chance(0.4)) {
      checkpoint();
    }
  }

  private void emit(String input, String record) {
    emitted.computeIfAbsent(input, key -> new ArrayList<>()).add(record);
  }

  private void checkpoint() {
    Map<String, List<String>> unemitted = new HashMap<>();
    rests.forEach((input, rest) -> unemitted.put(input, List.copyOf(rest)));
    Map<String, Integer> sizes = new HashMap<>();
    emitted.forEach((input, records) -> sizes.put(input, records.size()));
    checkpoints.push(new Checkpoint(Map.copyOf(positions), unemitted, sizes));
    if (checkpoints.size() > KEPT_CHECKPOINTS) {
      checkpoints.removeLast();
    }
  }

  @Override
  public void crash() {
    while (checkpoints.size() > 1 && dice.chance(0.2)) {
      checkpoints.pop();
    }
    Checkpoint last = checkpoints.element();
    positions.clear();
    positions.putAll(last.positions());
    rests.clear();
    last.rests().forEach((input, rest) -> rests.put(input, new ArrayDeque<>(rest)));
    emitted.forEach(
        (input, records) ->
            records.subList(last.sizes().getOrDefault(input, 0), records.size()).clear());
  }

  @Override
  public void finish() {
    rests.forEach((input, rest) -> rest.forEach(record -> emit(input, record)));
    rests.clear();
  }

  @Override
  public List<String> delivered(String input) {
    return emitted.getOrDefault(input, List.of());
  }
}
