package io.reststream.core;

import io.reststream.core.secret.KeyedHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The allowances of this process that pollers share, by their options. One that nobody has any more
 * is remembered until it would allow no more as a new one: who comes next goes on with it. They
 * hold no thread and nothing of those who shared them.
 */
final class SharedAllowances {
  static final SharedAllowances OF_THIS_PROCESS = new SharedAllowances();

  private final Map<String, Counted> counted = new HashMap<>();

  private static final class Counted {
    final Allowance allowance;
    int users;

    Counted(Allowance allowance) {
      this.allowance = allowance;
    }
  }

  /** A part in an allowance, until it is closed. */
  final class Part implements AutoCloseable {
    private final Counted of;
    private boolean closed;

    private Part(Counted of) {
      this.of = of;
    }

    Allowance allowance() {
      return of.allowance;
    }

    @Override
    public void close() {
      synchronized (SharedAllowances.this) {
        if (!closed) {
          closed = true;
          of.users--;
          if (of.users == 0) {
            of.allowance.giveBack();
          }
        }
      }
    }
  }

  /** A part in the allowance of all who have the same options. */
  synchronized Part join(RestConfig config, Instant now) {
    counted.values().removeIf(one -> one.users == 0 && one.allowance.isAsNew(now));
    Counted one = counted.computeIfAbsent(key(config), key -> new Counted(Allowance.of(config)));
    one.users++;
    return new Part(one);
  }

  /** How many are remembered. */
  synchronized int size() {
    return counted.size();
  }

  private static String key(RestConfig config) {
    List<String> texts = new ArrayList<>();
    new TreeMap<>(config.options())
        .forEach(
            (key, value) -> {
              texts.add(key);
              texts.add(value);
            });
    return KeyedHash.of(texts);
  }
}
