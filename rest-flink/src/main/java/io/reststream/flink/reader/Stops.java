package io.reststream.flink.reader;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Splits that are to end although their stream does not. The task's thread says so; the fetcher's
 * looks.
 */
final class Stops {
  private final Set<String> splits = ConcurrentHashMap.newKeySet();
  private volatile Runnable asked = () -> {};

  /** Tells somebody that there is something to stop, instead of who was to be told before. */
  void onAsk(Runnable told) {
    asked = told;
  }

  void ask(String id) {
    splits.add(id);
    asked.run();
  }

  boolean isEmpty() {
    return splits.isEmpty();
  }

  /** Whether the split is to be stopped; then it is not any more. */
  boolean take(String id) {
    return splits.remove(id);
  }
}
