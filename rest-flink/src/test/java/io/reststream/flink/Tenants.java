package io.reststream.flink;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The tenants who are there; jobs run in the JVM of the test, so they reach it by its number. */
final class Tenants implements DynamicInputs {
  private static final long serialVersionUID = 1L;
  private static final Map<Long, Set<Integer>> ALL = new ConcurrentHashMap<>();
  private static final Map<Long, Long> DISCOVERIES = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.incrementAndGet();

  Tenants() {
    ALL.put(number, ConcurrentHashMap.newKeySet());
  }

  Set<Integer> there() {
    return ALL.getOrDefault(number, Set.of());
  }

  @Override
  public List<String> columns() {
    return List.of("tenant");
  }

  /** How often they were looked for. */
  long discoveries() {
    return DISCOVERIES.getOrDefault(number, 0L);
  }

  @Override
  public Collection<Map<String, String>> discover() {
    DISCOVERIES.merge(number, 1L, Long::sum);
    return there().stream().map(tenant -> Map.of("tenant", "t" + tenant)).toList();
  }
}
