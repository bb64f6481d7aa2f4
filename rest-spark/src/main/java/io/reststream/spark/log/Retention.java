package io.reststream.spark.log;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;

/** Decides which segments may go, and deletes them. */
final class Retention {
  /** Files are deleted a few at a time, so that not every batch pays for a listing. */
  private static final int FEWEST = 10;

  private final LogStore store;
  private final NavigableMap<Long, Segment> chain;
  private final int batches;
  private long snapshot;

  Retention(LogStore store, NavigableMap<Long, Segment> chain, int batches, long snapshot) {
    this.store = store;
    this.chain = chain;
    this.batches = batches;
    this.snapshot = snapshot;
  }

  int batches() {
    return batches;
  }

  /** The first segment that must stay when the batch that ends at this place was committed. */
  long keepFrom(Place committed) {
    int kept = 0;
    for (Segment segment : chain.headMap(committed.segment(), true).descendingMap().values()) {
      if (segment.records() > 0 && !segment.continues() && ++kept > batches) {
        return segment.number();
      }
    }
    return chain.isEmpty() ? 0 : chain.firstKey();
  }

  boolean worthwhile(long keep) {
    return chain.headMap(keep).size() >= Math.max(FEWEST, batches / 4);
  }

  /** Whether the positions that the segments before this one moved are in no snapshot yet. */
  boolean needsSnapshot(long keep) {
    return snapshot < keep - 1;
  }

  void snapshotWritten(long segment) {
    snapshot = segment;
  }

  /** Deletes all segments before this one, the oldest first, and the older snapshots. */
  void deleteBefore(long keep) {
    List<FileName> old =
        Recovery.names(store, Segment.DIRECTORY).stream()
            .filter(name -> name.segment() < keep)
            .sorted(Comparator.comparingLong(FileName::segment).thenComparing(this::isOnChain))
            .toList();
    old.forEach(name -> delete(Segment.DIRECTORY + name));
    chain.headMap(keep).clear();
    for (FileName name : Recovery.names(store, PositionsFile.SNAPSHOTS)) {
      if (name.segment() < snapshot) {
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
