package io.reststream.flink.reader;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: which feed hands over next, and which is asked next. A paused feed has no turn.
 * Belongs to the fetcher's thread.
 */
final class Schedule {
  private final TreeSet<Feed> due =
      new TreeSet<>(Comparator.comparing(Feed::due).thenComparing(Feed::turn));
  private final Set<Feed> ready = new LinkedHashSet<>();
  private long turns;

  /** Queues a feed where it belongs now; last among its equals. */
  void place(Feed feed) {
    if (feed.paused() || feed.asked()) {
      return;
    }
    feed.queue(turns++); // no two feeds have the same number, or one could be removed for the other
    if (feed.hasPage()) {
      ready.add(feed);
    } else {
      due.add(feed);
    }
  }

  void remove(Feed feed) {
    ready.remove(feed);
    due.remove(feed);
  }

  /** How many feeds have a page to hand over. */
  int ready() {
    return ready.size();
  }

  /** Takes the next feed that has a page to hand over. */
  @Nullable Feed takeReady() {
    Iterator<Feed> first = ready.iterator();
    if (!first.hasNext()) {
      return null;
    }
    Feed feed = first.next();
    first.remove();
    return feed;
  }

  /** Takes the next feed that may be asked by now. */
  @Nullable Feed takeDue(Instant now) {
    if (due.isEmpty() || due.first().due().isAfter(now)) {
      return null;
    }
    return due.pollFirst();
  }

  /** When the next feed may be asked. */
  @Nullable Instant nextDue() {
    return due.isEmpty() ? null : due.first().due();
  }
}
