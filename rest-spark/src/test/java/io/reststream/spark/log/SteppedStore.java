package io.reststream.spark.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A store that does something at one step of its life: before or after one of its operations, or in
 * the middle of a write.
 */
final class SteppedStore implements LogStore {
  private final LogStore store;
  private final int at;
  private final Step step;
  private int steps;

  /** What happens at the chosen step. */
  interface Step {
    void happen() throws IOException;
  }

  SteppedStore(LogStore store, int at, Step step) {
    this.store = store;
    this.at = at;
    this.step = step;
  }

  /** How many steps there were. */
  int steps() {
    return steps;
  }

  private void step() throws IOException {
    if (++steps == at) {
      step.happen();
    }
  }

  @Override
  public void create(String name, List<byte[]> chunks) throws IOException {
    step();
    List<byte[]> half = half(chunks);
    try {
      step();
    } catch (IOException e) {
      store.create(name, half);
      throw e;
    }
    store.create(name, chunks);
    step();
  }

  private static List<byte[]> half(List<byte[]> chunks) {
    List<byte[]> half = new ArrayList<>(chunks.subList(0, chunks.size() / 2));
    byte[] cut = chunks.get(chunks.size() / 2);
    half.add(java.util.Arrays.copyOf(cut, cut.length / 2));
    return half;
  }

  @Override
  public StoredFile open(String name) throws IOException {
    return store.open(name);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    step();
    return store.list(directory);
  }

  @Override
  public void delete(String name) throws IOException {
    step();
    store.delete(name);
    step();
  }

  @Override
  public String path(String name) {
    return store.path(name);
  }
}
