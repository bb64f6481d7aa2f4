package io.reststream.core.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what was delivered with what was published: none lost, none twice. */
final class Verdict {
  private final Plan plan;
  private final boolean repeats;
  private int records;

  /**
   * @param repeats whether the stream has said that records may come again
   */
  Verdict(Plan plan, boolean repeats) {
    this.plan = plan;
    this.repeats = repeats;
  }

  int records() {
    return records;
  }

  void check(String name, Feed feed, List<String> delivered, Lateness lateness) {
    records += delivered.size();
    Map<String, Integer> left = new HashMap<>();
    delivered.forEach(record -> left.merge(record, 1, Integer::sum));
    List<String> lost = new ArrayList<>();
    List<Feed.Item> mayBeMissed = new ArrayList<>();
    for (Feed.Item item : feed.listed()) {
      if (!wasAskedFor(item)) {
        continue;
      }
      if (lateness.isExcused(name, feed, item)) {
        mayBeMissed.add(item);
      } else if (!take(left, item.json())) {
        lost.add(item.json());
      }
    }
    // Of two equal records only one may be missed: what was delivered is the other one.
    mayBeMissed.forEach(item -> take(left, item.json()));
    // What was replaced before it was read is not there to be read.
    feed.replaced().stream().filter(this::wasAskedFor).forEach(item -> take(left, item.json()));
    if (repeats) {
      feed.listed().forEach(item -> left.remove(item.json()));
    }
    if (!lost.isEmpty() || !left.isEmpty()) {
      throw new IllegalStateException(
          "Of %d records of %s, lost: %s, too many: %s".formatted(feed.size(), name, lost, left));
    }
  }

  private static boolean take(Map<String, Integer> left, String record) {
    Integer count = left.get(record);
    if (count == null) {
      return false;
    }
    left.compute(record, (same, all) -> count == 1 ? null : count - 1);
    return true;
  }

  private boolean wasAskedFor(Feed.Item item) {
    return plan.initialPlace == 0
        || (plan.exclusive ? item.place() > plan.initialPlace : item.place() >= plan.initialPlace);
  }
}
