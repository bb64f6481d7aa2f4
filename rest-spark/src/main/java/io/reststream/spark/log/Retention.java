package io.reststream.spark.log;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;

/** Decides which segments may go, and deletes them. */
final class Retention {
  /** Files are deleted a few at a time, so that not every batch pays for a listing. */
  private static final int FEWEST = 10;

  /** Or as soon as they are as large as this. */
  private static final long MOST_BYTES = 64L * 1024 * 1024;

  private final LogStore store;
  private final NavigableMap<Long, Segment> chain;
  private final int batches;

  Retention(LogStore store, NavigableMap<Long, Segment> chain, int batches) {
    this.store = store;
    this.chain = chain;
    this.batches = batches;
  }

  int batches() {
    return batches;
  }

  /** The first segment that is there; the next one to be written if none is. */
  long kept() {
    return chain.isEmpty() ? 1 : chain.firstKey();
  }

  /** The first segment that must stay when the batch that ends at this place was committed. */
  long keepFrom(Place committed) {
    int kept = 0;
    for (Segment segment : chain.headMap(committed.segment(), true).descendingMap().values()) {
      if (segment.records() > 0 && !segment.continues() && ++kept > batches) {
        return segment.number();
      }
    }
    return kept();
  }

  boolean worthwhile(long keep) {
    Collection<Segment> old = chain.headMap(keep).values();
    return old.size() >= Math.max(FEWEST, batches / 4)
        || old.stream().mapToLong(Segment::length).sum() >= MOST_BYTES;
  }

  /**
   * Deletes all segments before this one, the oldest first.
   *
   * @param snapshot a durable snapshot that says so; the older ones go too
   */
  void deleteBefore(long keep, FileName snapshot) {
    List<FileName> old =
        Recovery.names(store, Segment.DIRECTORY).stream()
            .filter(name -> name.segment() < keep)
            .sorted(Comparator.comparingLong(FileName::segment).thenComparing(this::isOnChain))
            .toList();
    old.forEach(name -> delete(Segment.DIRECTORY + name));
    chain.headMap(keep).clear();
    for (FileName name : Recovery.names(store, PositionsFile.SNAPSHOTS)) {
      if (FileName.NEWEST_FIRST.compare(name, snapshot) > 0) {
        delete(PositionsFile.SNAPSHOTS + name);
      }
    }
    for (FileName name : Recovery.names(store, PositionsFile.MOVES)) {
      if (name.segment() < keep) {
        delete(PositionsFile.MOVES + name);
      }
    }
  }

  private boolean isOnChain(FileName name) {
    Segment segment = chain.get(name.segment());
    return segment != null && segment.epoch().equals(name.epoch());
  }

  private void delete(String name) {
    try {
      store.delete(name);
    } catch (IOException e) {
      throw PageLogException.io(
          "delete", store.path(name), e, "The query must be allowed to delete files there.");
    }
  }
}
