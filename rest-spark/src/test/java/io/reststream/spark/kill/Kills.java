package io.reststream.spark.kill;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Decides at which moments queries are killed: all of them in turn, in an order drawn anew. */
final class Kills {
  private final Random random;
  private final Deque<Moment> next = new ArrayDeque<>();
  private final Map<Moment, Integer> counts = new EnumMap<>(Moment.class);

  Kills(long seed) {
    random = new Random(seed);
  }

  /** The next moment; only what has run can be killed in its recovery, so that may come later. */
  Moment next(boolean hasRun) {
    while (true) {
      for (Moment moment : next) {
        if (hasRun || moment != Moment.RECOVERY) {
          next.removeFirstOccurrence(moment);
          return moment;
        }
      }
      List<Moment> all = new ArrayList<>(List.of(Moment.values()));
      Collections.shuffle(all, random);
      next.addAll(all);
    }
  }

  /** A number from 0 to below this one. */
  int draw(int bound) {
    return random.nextInt(bound);
  }

  void count(Moment moment) {
    counts.merge(moment, 1, Integer::sum);
  }

  Map<Moment, Integer> counts() {
    return counts;
  }
}
