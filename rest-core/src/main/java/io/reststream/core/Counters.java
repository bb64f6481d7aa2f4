package io.reststream.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a poller has done since it was opened. Safe for use by several threads. */
public final class Counters {
  private final LongAdder requests = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder pages = new LongAdder();
  private final LongAdder records = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Map<Input, Integer> keys = new ConcurrentHashMap<>();

  void asked() {
    requests.increment();
  }

  void failed() {
    failures.increment();
  }

  void accepted(Input input, Page page) {
    int held = page.next().keysHeld();
    if (held == 0) {
      keys.remove(input);
    } else {
      keys.put(input, held);
    }
    pages.increment();
    records.add(page.records().size());
    dropped.add(page.info().dropped());
    bytes.add(page.info().bytes());
  }

  /** An input is not asked again: of a million calls, nothing is to stay. */
  void forget(Input input) {
    keys.remove(input);
  }

  /** How many requests were made, retries included. */
  public long requests() {
    return requests.sum();
  }

  /** How many requests gave no usable answer. */
  public long failures() {
    return failures.sum();
  }

  /** How many pages were accepted. */
  public long pages() {
    return pages.sum();
  }

  /** How many new records they held. */
  public long records() {
    return records.sum();
  }

  /** How many records were left out because they were delivered before. */
  public long dropped() {
    return dropped.sum();
  }

  /** How many delivered records the positions remember; each may have {@code maxKeys}. */
  public long keysHeld() {
    return keys.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** Of how many inputs something is kept. */
  int inputsHeld() {
    return keys.size();
  }

  /** The length of their bodies in bytes. */
  public long bytes() {
    return bytes.sum();
  }
}
