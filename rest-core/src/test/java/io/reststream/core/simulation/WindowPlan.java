package io.reststream.core.simulation;

import io.reststream.core.ReadMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the life of a stream in windows is like. */
final class WindowPlan {
  /** Where the first window starts. */
  static final Instant INITIAL = Instant.parse("2024-01-31T09:00:00Z");

  /** How records show their times. */
  enum Form {
    NONE,
    ISO,
    MILLIS,
    /** Seconds, although the API compares parts of them. */
    SECONDS
  }

  enum Sort {
    OLDEST_FIRST,
    NEWEST_FIRST,
    SHUFFLED
  }

  private final Map<String, @Nullable Object> drawn = new LinkedHashMap<>();

  final ReadMode mode;
  final boolean sparkEngine;
  final boolean stretches;
  final boolean endInclusive;
  final boolean startExclusive;
  final int cap;
  final boolean paged;
  final int pageSize;
  final Form form;
  final boolean keyed;
  final boolean twins;
  final Sort sort;
  final int size;
  final int lag;
  final int backlog;
  final int mostInASecond;
  final double faults;
  final double refusals;
  final double crashes;
  final double appends;
  final int steps;

  WindowPlan(Dice dice) {
    mode = drawn("mode", dice.chance(0.2) ? ReadMode.BATCH : ReadMode.STREAM);
    sparkEngine = drawn("sparkEngine", mode == ReadMode.STREAM && dice.chance(0.4));
    stretches = drawn("stretches", !sparkEngine);
    endInclusive = drawn("endInclusive", dice.chance(0.5));
    startExclusive = drawn("startExclusive", dice.chance(0.3));
    cap = drawn("cap", dice.chance(0.5) ? dice.between(7, 25) : 0);
    paged = drawn("paged", dice.chance(0.4));
    pageSize = drawn("pageSize", dice.between(1, 6));
    form = drawn("form", dice.one(Form.values()));
    keyed = drawn("keyed", dice.chance(0.4));
    // Equal records of neighbouring windows cannot be told apart without a key or a time.
    twins = drawn("twins", !keyed && form != Form.NONE && dice.chance(0.4));
    sort = drawn("sort", dice.one(Sort.values()));
    size = drawn("size", dice.one(1, 3, 7, 16, 60));
    lag = drawn("lag", dice.one(0, 2, 10, 45));
    backlog = drawn("backlog", dice.one(0, 1, 3, 40) * size + dice.below(size));
    mostInASecond = drawn("mostInASecond", cap == 0 ? 4 : (cap - 1) / 3);
    faults = drawn("faults", dice.one(0.0, 0.05, 0.2));
    refusals = drawn("refusals", paged ? dice.one(0.0, 0.05) : 0.0);
    crashes = drawn("crashes", dice.one(0.0, 0.05, 0.15));
    appends = drawn("appends", dice.one(0.2, 0.5, 0.8));
    steps = drawn("steps", dice.between(10, 60));
  }

  private <T extends @Nullable Object> T drawn(String name, T value) {
    drawn.put(name, value);
    return value;
  }

  Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    String token = paged ? "{&pageToken}" : "";
    options.put("url", "http://api.test/log?from={windowStart}&to={windowEnd}" + token);
    options.put("initialOffset", INITIAL.toString());
    options.put("windowSize", size + "s");
    options.put("windowLag", lag + "s");
    if (cap > 0) {
      options.put("windowCap", Integer.toString(cap));
    }
    if (startExclusive) {
      options.put("offsetBoundary", "exclusive");
    }
    if (form != Form.NONE) {
      options.put("offsetField", "at");
    }
    if (keyed) {
      options.put("keyField", "id");
    }
    if (paged) {
      options.put("pagination", "cursor");
      options.put("nextField", "next");
    }
    return options;
  }

  @Override
  public String toString() {
    return drawn.toString();
  }
}
