package io.reststream.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often in a row the page tokens of an input were refused, without a new record or the end of a
 * cycle between. In memory only: after an error and a restart the cycle begins again.
 */
final class Refusals {
  /** How often a cycle begins again before it is an error. */
  static final int MOST = 3;

  private final Map<Strand, Integer> counts = new ConcurrentHashMap<>();

  /** Takes note of a refused token; gives whether it was one too many, and then forgets them. */
  boolean isOneTooMany(Strand input) {
    boolean tooMany = counts.merge(input, 1, Integer::sum) > MOST;
    if (tooMany) {
      counts.remove(input);
    }
    return tooMany;
  }

  /** An input is not asked again. */
  void forget(Strand input) {
    counts.remove(input);
  }

  /** Takes note of a page that was accepted. */
  void accepted(Strand input, Page page) {
    if (!page.records().isEmpty() || page.next().betweenCycles()) {
      counts.remove(input);
    }
  }
}
