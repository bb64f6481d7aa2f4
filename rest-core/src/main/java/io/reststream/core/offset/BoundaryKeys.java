package io.reststream.core.offset;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The delivered records that the API may send again, so that they are recognised. Immutable.
 * Records without a key field are counted, so that two equal records stay two.
 */
public final class BoundaryKeys {
  /** No keys. */
  public static final BoundaryKeys NONE = new BoundaryKeys(Map.of());

  /**
   * What is known of a key.
   *
   * @param value the record's offset; null where records have none
   * @param delivered how many records with the key were delivered
   * @param seen how many the API has sent in the running pass
   * @param passed how many of those a cursor has passed, so that they do not come again behind it
   */
  public record Entry(@Nullable OffsetValue value, int delivered, int seen, int passed) {
    /** A key that no cursor has passed. */
    public Entry(@Nullable OffsetValue value, int delivered, int seen) {
      this(value, delivered, seen, 0);
    }
  }

  private final Map<RecordKey, Entry> entries;
  private @Nullable Set<@Nullable OffsetValue> values;

  private BoundaryKeys(Map<RecordKey, Entry> entries) {
    this.entries = entries;
  }

  static BoundaryKeys of(Map<RecordKey, Entry> entries) {
    return entries.isEmpty() ? NONE : new BoundaryKeys(entries);
  }

  public int size() {
    return entries.size();
  }

  public Map<RecordKey, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** Whether a record with this offset can be known at all; if not, it need not be hashed. */
  public boolean mayHold(@Nullable OffsetValue value) {
    if (entries.isEmpty()) {
      return false;
    }
    Set<@Nullable OffsetValue> all = values;
    if (all == null) {
      all = new HashSet<>();
      for (Entry entry : entries.values()) {
        all.add(entry.value());
      }
      values = all;
    }
    return all.contains(value);
  }

  /** The keys that a condition holds for. */
  public BoundaryKeys keep(Predicate<Entry> condition) {
    Map<RecordKey, Entry> kept = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          if (condition.test(entry)) {
            kept.put(key, entry);
          }
        });
    return kept.size() == entries.size() ? this : of(kept);
  }

  /** The same keys, about to be seen from the beginning again. */
  public BoundaryKeys unseen() {
    if (entries.values().stream().allMatch(entry -> entry.seen() == 0)) {
      return this;
    }
    Map<RecordKey, Entry> unseen = new LinkedHashMap<>(entries);
    unseen.replaceAll(
        (key, entry) -> new Entry(entry.value(), entry.delivered(), 0, entry.passed()));
    return of(unseen);
  }

  /** What came behind the last cursor of the pass that ends, about to be seen by a later one. */
  public BoundaryKeys behindTheCursor() {
    Map<RecordKey, Entry> behind = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          if (entry.seen() > entry.passed()) {
            int delivered = Math.max(1, entry.delivered() - entry.passed());
            behind.put(key, new Entry(entry.value(), delivered, 0));
          }
        });
    return of(behind);
  }

  /** What the running pass has not sent again so far, about to be seen by a later one. */
  public BoundaryKeys awaited() {
    Map<RecordKey, Entry> awaited = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          int missing = entry.delivered() - entry.seen();
          if (missing > 0) {
            awaited.put(key, new Entry(entry.value(), missing, 0));
          }
        });
    return of(awaited);
  }

  /** How equal records are told from one that comes again. */
  public enum Telling {
    /** Two are two: as many as were delivered may come again in a pass. */
    COUNTED,
    /** Two on one page are two, those of several pages are the same. */
    COUNTED_ON_A_PAGE,
    /** No two records have the same key. */
    UNIQUE
  }

  /** Counts the records of a page against these keys. */
  public Tally tally(Telling telling) {
    return new Tally(telling);
  }

  /** The keys while a page is looked at; not thread-safe. */
  public final class Tally {
    private final Telling telling;
    private final Map<RecordKey, Integer> seen = new HashMap<>();
    private final Map<RecordKey, Entry> added = new LinkedHashMap<>();
    private boolean passed;

    private Tally(Telling telling) {
      this.telling = telling;
    }

    /** Counts a record that the API sent, and says whether it was delivered before. */
    public boolean see(RecordKey key) {
      Entry entry = entries.get(key);
      int count = seen.merge(key, 1, Integer::sum);
      return switch (telling) {
        case UNIQUE -> entry != null || count > 1;
        case COUNTED_ON_A_PAGE -> entry != null && count <= entry.delivered();
        case COUNTED -> entry != null && entry.seen() + count <= entry.delivered();
      };
    }

    /** Whether a record that was just counted is the first with its key in the running pass. */
    public boolean isFirst(RecordKey key) {
      Entry entry = entries.get(key);
      return (entry == null || entry.seen() == 0) && seen.getOrDefault(key, 0) == 1;
    }

    /** Keeps the key of a record that was seen and is now delivered. */
    public void deliver(RecordKey key, @Nullable OffsetValue value) {
      Entry entry = added.getOrDefault(key, entries.get(key));
      added.put(
          key,
          entry == null
              ? new Entry(value, 1, 0)
              : new Entry(value, entry.delivered() + 1, 0, entry.passed()));
    }

    /** The page has a cursor: all that the pass has sent so far lies before it. */
    public void pass() {
      passed = true;
    }

    /** The keys with what this page added. */
    public BoundaryKeys keys() {
      if (seen.isEmpty() && added.isEmpty() && !passed) {
        return BoundaryKeys.this;
      }
      Map<RecordKey, Entry> all = new LinkedHashMap<>(entries);
      all.putAll(added);
      seen.forEach(
          (key, count) ->
              all.computeIfPresent(
                  key,
                  (same, entry) -> {
                    Entry before = entries.get(key);
                    int earlier = before == null ? 0 : before.seen();
                    return new Entry(
                        entry.value(), entry.delivered(), earlier + count, entry.passed());
                  }));
      if (passed) {
        all.replaceAll(
            (key, entry) ->
                new Entry(entry.value(), entry.delivered(), entry.seen(), entry.seen()));
      }
      return of(all);
    }
  }
}
