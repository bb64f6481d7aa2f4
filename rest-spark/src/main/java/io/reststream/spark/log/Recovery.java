package io.reststream.spark.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page log back: finds the newest intact segment that counts, and follows the checksums
 * from there down to the first segment that is kept.
 *
 * <p>The seal says which segments count. Files of other writers are off this chain, whatever state
 * they are in; torn files at its end were never acknowledged and do not count either. Everything
 * else that is missing or damaged is an error.
 */
final class Recovery {
  private final LogStore store;
  private final Seal seal;
  private final Heads.Found head;
  private final NavigableMap<Long, List<FileName>> files;
  private final Map<Long, List<FileName>> snapshots;
  private final NavigableMap<Long, Segment> chain = new TreeMap<>();
  private final Map<String, String> positions = new HashMap<>();
  private @Nullable PositionsFile snapshot;
  private @Nullable PageLogException damagedSnapshot;

  /**
   * A log as it stands.
   *
   * @param checksum the checksum of the newest segment, or of the head
   * @param positions all positions
   * @param moves those that have moved after the newest segment
   */
  record Recovered(
      LogHead head,
      NavigableMap<Long, Segment> chain,
      String checksum,
      Map<String, String> positions,
      Map<String, String> moves) {
    /** The number of the newest segment; 0 if there is none. */
    long newest() {
      return chain.isEmpty() ? 0 : chain.lastKey();
    }
  }

  private Recovery(LogStore store, Seal seal, Heads.Found head) {
    this.store = store;
    this.seal = seal;
    this.head = head;
    this.files = byNumber(names(store, Segment.DIRECTORY));
    this.snapshots = byNumber(names(store, PositionsFile.SNAPSHOTS));
  }

  private static NavigableMap<Long, List<FileName>> byNumber(List<FileName> names) {
    return names.stream()
        .collect(Collectors.groupingBy(FileName::segment, TreeMap::new, Collectors.toList()));
  }

  /** Reads the log that a seal was put on. */
  static Recovered read(LogStore store, Seal seal) {
    Recovery recovery = new Recovery(store, seal, Heads.find(store, seal.log()));
    recovery.requireNoNewerEpoch();
    return recovery.recovered(recovery.newest());
  }

  /**
   * A log that has only its head yet.
   *
   * @throws PageLogException if there are segments, which are never written before a seal is
   */
  static Recovered fresh(LogStore store, Heads.Found head) {
    if (!names(store, Segment.DIRECTORY).isEmpty()) {
      throw missing(store, "seals", "seal, although it has segments");
    }
    Map<String, String> positions = new HashMap<>();
    head.head().inputs().forEach(input -> positions.put(input, head.head().start()));
    return new Recovered(head.head(), new TreeMap<>(), head.checksum(), positions, Map.of());
  }

  /** The names in a directory, newest first. */
  static List<FileName> names(LogStore store, String directory) {
    try {
      return store.list(directory).stream()
          .flatMap(name -> FileName.parse(name).stream())
          .sorted(FileName.NEWEST_FIRST)
          .toList();
    } catch (IOException e) {
      throw unreadable(store, directory, e);
    }
  }

  private static RuntimeException unreadable(LogStore store, String file, IOException e) {
    return PageLogException.io("read", store.path(file), e, "It must be readable.");
  }

  private static PageLogException missing(LogStore store, String directory, String what) {
    return new PageLogException(
        ("The page log %s has no %s: it was deleted. Restore it from a copy; without it this"
                + " checkpoint cannot go on, and records could be lost.")
            .formatted(store.path(directory), what));
  }

  /** Nobody appends before the seal of the same epoch is durable. */
  private void requireNoNewerEpoch() {
    for (List<FileName> names : files.values()) {
      for (FileName name : names) {
        if (name.epoch().compareTo(seal.epoch()) > 0) {
          throw missing(store, "seals", "seal of the epoch " + name.epoch());
        }
      }
    }
  }

  /** The newest segment that counts; null if there is none. */
  private SegmentCodec.@Nullable Decoded newest() {
    for (List<FileName> names : files.tailMap(seal.segment(), false).descendingMap().values()) {
      for (FileName name : names) {
        if (name.epoch().equals(seal.epoch())) {
          Optional<SegmentCodec.Decoded> intact = decode(name, true);
          if (intact.isPresent()) {
            return intact.get();
          }
        }
      }
    }
    return seal.segment() == 0 ? null : find(seal.segment(), seal.checksum(), true);
  }

  private Optional<SegmentCodec.Decoded> decode(FileName name, boolean blocks) {
    String file = Segment.DIRECTORY + name;
    String path = store.path(file);
    try (LogStore.StoredFile stored = store.open(file)) {
      Optional<SegmentCodec.Decoded> decoded = SegmentCodec.decode(stored, seal.log(), file, path);
      if (blocks && decoded.isPresent()) {
        for (Block block : decoded.get().segment().blocks()) {
          BlockBytes.read(stored, path, block);
        }
      }
      return decoded;
    } catch (IOException e) {
      throw unreadable(store, file, e);
    }
  }

  /** The segment with a checksum, whatever else was written under its number. */
  private SegmentCodec.Decoded find(long number, String checksum, boolean blocks) {
    PageLogException damage = null;
    List<FileName> names = files.getOrDefault(number, List.of());
    for (FileName name : names) {
      try {
        Optional<SegmentCodec.Decoded> intact = decode(name, blocks);
        if (intact.isPresent() && intact.get().segment().checksum().equals(checksum)) {
          return intact.get();
        }
      } catch (PageLogException e) {
        damage = damage == null ? e : damage;
      }
    }
    if (damage != null) {
      throw damage;
    }
    if (!names.isEmpty()) {
      throw PageLogException.damaged(
          store.path(Segment.DIRECTORY + names.get(0)),
          number == seal.segment()
              ? "it is cut off, or not the segment that the seal names"
              : "it is cut off, or not the segment that number %d follows".formatted(number + 1));
    }
    if (damagedSnapshot != null) {
      throw damagedSnapshot;
    }
    throw missing(
        store,
        "segments",
        files.headMap(number).isEmpty() && !chain.isEmpty()
            ? "segments 1 to %d, and no snapshot in their place".formatted(number)
            : "segment " + number);
  }

  private Recovered recovered(SegmentCodec.@Nullable Decoded newest) {
    if (newest == null && !snapshots.isEmpty()) {
      throw missing(store, "segments", "segments, although it has had some");
    }
    String checksum = newest == null ? head.checksum() : newest.segment().checksum();
    Map<String, String> moves = moves(newest == null ? 0 : newest.segment().number(), checksum);
    positions.putAll(moves);
    SegmentCodec.Decoded at = newest;
    while (at != null) {
      chain.put(at.segment().number(), at.segment());
      takePositions(at);
      at = before(at.segment());
    }
    if (snapshot == null) {
      head.head().inputs().forEach(input -> positions.putIfAbsent(input, head.head().start()));
    }
    return new Recovered(head.head(), chain, checksum, positions, moves);
  }

  /** Of each input the newest position alone is kept, so that the way down needs no memory. */
  private void takePositions(SegmentCodec.Decoded segment) {
    if (snapshot != null) {
      return;
    }
    snapshot = snapshot(segment.segment());
    Map<String, String> older = snapshot == null ? segment.moved() : snapshot.positions();
    older.forEach(positions::putIfAbsent);
  }

  private @Nullable PositionsFile snapshot(Segment after) {
    for (FileName name : snapshots.getOrDefault(after.number(), List.of())) {
      try {
        PositionsFile found = positions(PositionsFile.SNAPSHOTS + name, Frame.Kind.SNAPSHOT);
        if (found != null && found.follows(head.head(), after.checksum())) {
          return found;
        }
      } catch (PageLogException e) {
        damagedSnapshot = damagedSnapshot == null ? e : damagedSnapshot;
      }
    }
    return null;
  }

  private SegmentCodec.@Nullable Decoded before(Segment segment) {
    long number = segment.number() - 1;
    boolean isFirst = number == 0 && !segment.before().equals(head.checksum());
    if (isFirst || (number == seal.segment() && !segment.before().equals(seal.checksum()))) {
      throw PageLogException.damaged(
          store.path(segment.file()),
          isFirst
              ? "it does not follow the head of this log"
              : "it does not follow the segment that the seal of its epoch names");
    }
    boolean isKept = number > 0 && (snapshot == null || number >= snapshot.kept());
    return isKept ? find(number, segment.before(), false) : null;
  }

  private Map<String, String> moves(long newest, String checksum) {
    for (FileName name : names(store, PositionsFile.MOVES)) {
      if (name.segment() == newest) {
        PositionsFile moves = positions(PositionsFile.MOVES + name, Frame.Kind.MOVES);
        if (moves != null && moves.follows(head.head(), checksum)) {
          return moves.positions();
        }
      }
    }
    return Map.of();
  }

  private @Nullable PositionsFile positions(String name, Frame.Kind kind) {
    try {
      return PositionsFile.decode(store, name, kind).orElse(null);
    } catch (FileNotFoundException e) {
      return null;
    } catch (IOException e) {
      throw unreadable(store, name, e);
    }
  }
}
