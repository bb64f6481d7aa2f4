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
 * Reads a page log back: finds its newest intact segment and follows the checksums from there.
 *
 * <p>Of several files for one segment, those of writers that had lost the log are off this chain
 * and do not count. Torn files after the newest intact segment were never acknowledged and do not
 * count either. Everything else that is missing or damaged is an error.
 */
final class Recovery {
  private final LogStore store;
  private final LogHead head;
  private final String headChecksum;
  private final NavigableMap<Long, List<FileName>> files = new TreeMap<>();
  private final NavigableMap<Long, SegmentCodec.Decoded> chain = new TreeMap<>();

  /**
   * A log as it stands.
   *
   * @param checksum the checksum of the newest segment, or of the head
   * @param snapshot the segment of the newest snapshot; 0 if there is none
   * @param positions all positions
   * @param moves those that have moved after the newest segment
   */
  record Recovered(
      LogHead head,
      NavigableMap<Long, Segment> chain,
      String checksum,
      long snapshot,
      Map<String, String> positions,
      Map<String, String> moves) {}

  private Recovery(LogStore store, LogHead head, String headChecksum) {
    this.store = store;
    this.head = head;
    this.headChecksum = headChecksum;
  }

  static Recovered read(LogStore store, LogHead head, String headChecksum) {
    Recovery recovery = new Recovery(store, head, headChecksum);
    recovery.listFiles();
    recovery.walk(recovery.newest());
    return recovery.recovered();
  }

  private void listFiles() {
    files.putAll(
        names(store, Segment.DIRECTORY).stream().collect(Collectors.groupingBy(FileName::segment)));
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

  private SegmentCodec.@Nullable Decoded newest() {
    for (List<FileName> candidates : files.descendingMap().values()) {
      for (FileName name : candidates) {
        Optional<SegmentCodec.Decoded> intact = decode(name, true);
        if (intact.isPresent()) {
          return intact.get();
        }
      }
    }
    return null;
  }

  private Optional<SegmentCodec.Decoded> decode(FileName name, boolean blocks) {
    String file = Segment.DIRECTORY + name;
    String path = store.path(file);
    try (LogStore.StoredFile stored = store.open(file)) {
      Optional<SegmentCodec.Decoded> decoded = SegmentCodec.decode(stored, head.log(), file, path);
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

  private void walk(SegmentCodec.@Nullable Decoded newest) {
    SegmentCodec.Decoded at = newest;
    while (at != null) {
      chain.put(at.segment().number(), at);
      at = before(at.segment());
    }
  }

  private SegmentCodec.@Nullable Decoded before(Segment segment) {
    long number = segment.number() - 1;
    if (number == 0) {
      if (!segment.before().equals(headChecksum)) {
        throw PageLogException.damaged(
            store.path(segment.file()), "it does not follow the head of this log");
      }
      return null;
    }
    if (files.headMap(number, true).isEmpty()) {
      return null;
    }
    for (FileName name : files.getOrDefault(number, List.of())) {
      Optional<SegmentCodec.Decoded> intact = decode(name, false);
      if (intact.isPresent() && intact.get().segment().checksum().equals(segment.before())) {
        return intact.get();
      }
    }
    if (files.containsKey(number)) {
      String file = Segment.DIRECTORY + files.get(number).get(0);
      throw PageLogException.damaged(
          store.path(file),
          "it is cut off, or not the segment that number %d follows".formatted(number + 1));
    }
    throw missing("segment " + number);
  }

  private PageLogException missing(String what) {
    return new PageLogException(
        ("The page log %s has no %s: it was deleted. Restore it from a copy; without it this"
                + " checkpoint cannot go on, and records could be lost.")
            .formatted(store.path("segments"), what));
  }

  private Recovered recovered() {
    long first = chain.isEmpty() ? 1 : chain.firstKey();
    long newest = chain.isEmpty() ? 0 : chain.lastKey();
    String checksum =
        chain.isEmpty() ? headChecksum : chain.lastEntry().getValue().segment().checksum();
    PositionsFile snapshot = snapshot(first);
    Map<String, String> positions = new HashMap<>();
    if (snapshot == null) {
      head.inputs().forEach(input -> positions.put(input, head.start()));
    } else {
      positions.putAll(snapshot.positions());
    }
    long base = snapshot == null ? 0 : snapshot.segment();
    chain.tailMap(base, false).values().forEach(segment -> positions.putAll(segment.moved()));
    Map<String, String> moves = moves(newest, checksum);
    positions.putAll(moves);
    NavigableMap<Long, Segment> segments = new TreeMap<>();
    chain.forEach((number, segment) -> segments.put(number, segment.segment()));
    return new Recovered(head, segments, checksum, base, positions, moves);
  }

  /** The newest snapshot on the chain; null if there is none and none is needed. */
  private @Nullable PositionsFile snapshot(long first) {
    List<FileName> names = names(store, PositionsFile.SNAPSHOTS);
    for (FileName name : names) {
      Optional<PositionsFile> snapshot =
          positions(PositionsFile.SNAPSHOTS + name, Frame.Kind.SNAPSHOT);
      if (snapshot.isPresent() && onChain(snapshot.get())) {
        return snapshot.get();
      }
    }
    if (chain.isEmpty() && !names.isEmpty()) {
      throw missing("segments, although it has had some");
    }
    if (first > 1) {
      throw missing("segments 1 to %d, and no snapshot in their place".formatted(first - 1));
    }
    return null;
  }

  private boolean onChain(PositionsFile snapshot) {
    SegmentCodec.Decoded same = chain.get(snapshot.segment());
    SegmentCodec.Decoded next = chain.get(snapshot.segment() + 1);
    return (same != null && snapshot.follows(head, same.segment().checksum()))
        || (next != null && snapshot.follows(head, next.segment().before()));
  }

  private Map<String, String> moves(long newest, String checksum) {
    for (FileName name : names(store, PositionsFile.MOVES)) {
      if (name.segment() == newest) {
        Optional<PositionsFile> moves = positions(PositionsFile.MOVES + name, Frame.Kind.MOVES);
        if (moves.isPresent() && moves.get().follows(head, checksum)) {
          return moves.get().positions();
        }
      }
    }
    return Map.of();
  }

  private Optional<PositionsFile> positions(String name, Frame.Kind kind) {
    try {
      return PositionsFile.decode(store, name, kind);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(store, name, e);
    }
  }
}
