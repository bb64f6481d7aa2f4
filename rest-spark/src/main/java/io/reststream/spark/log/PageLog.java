package io.reststream.spark.log;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The durable log of all pages that a stream has fetched, in one order for all inputs. Batches are
 * read from it and never from the API, so a batch that is repeated holds the same records.
 *
 * <pre>{@code
 * PageLog log = PageLog.open(store, start, inputs, 100, clock);
 * log.append(pages, positions, false);        // durable when it returns
 * Place end = log.advance(from, 1000);        // at most 1000 records further
 * List<LogRange> batch = log.ranges(from, end);
 * }</pre>
 *
 * <p>Inputs and positions are texts that the log does not look into. Safe for use by several
 * threads; another process that opens it takes it over. Every failure is a {@link
 * PageLogException}, and after a failed write the log takes no other. The format is written down in
 * docs/page-log.md.
 */
public final class PageLog {
  private final LogStore store;
  private final Epochs epochs;
  private final LogHead head;
  private final Retention retention;
  private final NavigableMap<Long, Segment> chain;
  private final Map<String, String> positions;
  private final Map<String, String> moves;
  private final RecentBlocks recent = new RecentBlocks();
  private final List<String> movesFiles = new ArrayList<>();
  private String checksum;
  private long positionsWritten;
  private @Nullable RuntimeException failure;

  private PageLog(LogStore store, Epochs epochs, Recovery.Recovered recovered, int retainBatches) {
    this.store = store;
    this.epochs = epochs;
    this.head = recovered.head();
    this.chain = recovered.chain();
    this.checksum = recovered.checksum();
    this.positions = new HashMap<>(recovered.positions());
    this.moves = new HashMap<>(recovered.moves());
    this.retention = new Retention(store, chain, retainBatches);
    Recovery.names(store, PositionsFile.MOVES)
        .forEach(name -> movesFiles.add(PositionsFile.MOVES + name));
  }

  /**
   * Opens the log in a directory, or creates it, and takes it over from whoever had it.
   *
   * @param start the position of an input that was never read; kept for the inputs of a new log
   * @param inputs the inputs that a new log begins with
   * @param retainBatches how many batches stay after they were committed
   */
  public static PageLog open(
      LogStore store, String start, List<String> inputs, int retainBatches, InstantSource clock) {
    Epochs epochs = Epochs.take(store, clock.instant());
    try {
      Recovery.Recovered found =
          Seal.newest(store)
              .map(seal -> Recovery.read(store, seal))
              .orElseGet(
                  () ->
                      Recovery.fresh(
                          store, Heads.create(store, epochs, start, inputs, clock.instant())));
      new Seal(found.head().log(), epochs.mine(), found.newest(), found.checksum())
          .write(store, epochs);
      return new PageLog(store, epochs, found, retainBatches);
    } catch (PageLogException e) {
      // Who reads while another one writes may see anything.
      epochs.check();
      throw e;
    }
  }

  /** The log's id: offsets of another log are refused. */
  public String id() {
    return head.log();
  }

  /** The position of an input; null if the log has never heard of it. */
  public synchronized @Nullable String position(String input) {
    return positions.get(input);
  }

  /** The inputs that the log has positions of. */
  public synchronized Set<String> inputs() {
    return Set.copyOf(positions.keySet());
  }

  /** How many bytes of records and positions the log holds. */
  public synchronized long bytes() {
    return chain.values().stream().mapToLong(Segment::length).sum();
  }

  /**
   * Makes sure that a place is one of this log.
   *
   * @throws PageLogException if it is of another log, if what comes after it is gone, or if the log
   *     does not reach it
   */
  public synchronized void require(String log, Place place) {
    if (!log.equals(head.log())) {
      throw new PageLogException(
          ("The checkpoint belongs to the page log with the id %s, but %s holds the log %s, created"
                  + " at %s: the log was deleted or replaced. Restore it from a copy, or start with"
                  + " a new checkpoint.")
              .formatted(log, store.path("segments"), head.log(), head.created()));
    }
    long first = chain.isEmpty() ? 1 : chain.firstKey();
    if (place.segment() < first && (first > 1 || place.segment() > 0)) {
      throw new PageLogException(
          ("The checkpoint goes back to %s, but segments 1 to %d of the page log %s are gone: with"
                  + " 'pageLogRetainBatches' = %d no more than that many batches are kept. Go back"
                  + " less far, or start with a new checkpoint.")
              .formatted(place, first - 1, store.path("segments"), retention.batches()));
    }
    Segment segment = chain.get(place.segment());
    if (place.segment() > 0 && (segment == null || place.record() > segment.records())) {
      throw new PageLogException(
          ("The checkpoint goes up to %s, but the page log %s ends with %s: newer segments were"
                  + " deleted or cut off. Restore them from a copy, or start with a new checkpoint.")
              .formatted(place, store.path("segments"), end()));
    }
  }

  /** The place after the newest record or segment. */
  public synchronized Place end() {
    return chain.isEmpty() ? Place.START : chain.lastEntry().getValue().end();
  }

  /** How many records the log holds after a place. */
  public synchronized long recordsAfter(Place from) {
    return chain.tailMap(from.segment(), true).values().stream().mapToLong(Segment::records).sum()
        - from.record();
  }

  /** The place so many records further, or after the last record; the same place if none is. */
  public synchronized Place advance(Place from, long records) {
    Place at = from;
    long left = records;
    for (Segment segment : chain.tailMap(from.segment(), true).values()) {
      long skip = segment.number() == from.segment() ? from.record() : 0;
      long take = Math.min(segment.records() - skip, left);
      if (take > 0) {
        at = new Place(segment.number(), skip + take);
        left -= take;
      }
    }
    return at;
  }

  /** What lies between two places, in order. */
  public synchronized List<LogRange> ranges(Place from, Place to) {
    List<LogRange> ranges = new ArrayList<>();
    for (Segment segment : chain.subMap(from.segment(), true, to.segment(), true).values()) {
      long begin = segment.number() == from.segment() ? from.record() : 0;
      long end = segment.number() == to.segment() ? to.record() : segment.records();
      List<byte[]> bytes = recent.of(segment.number());
      for (int i = 0; i < segment.blocks().size(); i++) {
        Block block = segment.blocks().get(i);
        int skip = (int) Math.max(0, begin - block.first());
        int take = (int) Math.min(block.records(), end - block.first()) - skip;
        if (take > 0) {
          byte[] known = bytes == null ? null : bytes.get(i);
          ranges.add(new LogRange(store.path(segment.file()), block, skip, take, known));
        }
      }
    }
    return ranges;
  }

  /**
   * Appends a segment and makes it durable.
   *
   * @param pages the records, possibly none
   * @param moved the positions that follow them, by input
   * @param continues whether it is for the same batch as the segment before it
   */
  public synchronized void append(
      List<LoggedPage> pages, Map<String, String> moved, boolean continues) {
    long number = end().segment() + 1;
    Map<String, String> positionsMoved = new LinkedHashMap<>(moves);
    positionsMoved.putAll(moved);
    SegmentCodec.Encoded encoded =
        SegmentCodec.encode(
            new SegmentCodec.Identity(head.log(), epochs.mine(), number, checksum, continues),
            pages,
            positionsMoved);
    Segment segment = encoded.segment();
    write(segment.file(), encoded.chunks());
    chain.put(number, segment);
    checksum = segment.checksum();
    positions.putAll(positionsMoved);
    recent.put(segment, encoded.blocks());
    moves.clear();
    deleteMoves();
  }

  /** Makes positions durable that have moved without a record, without making a segment. */
  public synchronized void saveMoves(Map<String, String> moved) {
    moves.putAll(moved);
    PositionsFile file =
        new PositionsFile(head.log(), end().segment(), checksum, retention.kept(), moves);
    String name =
        PositionsFile.MOVES + new FileName(end().segment(), epochs.mine(), positionsWritten++);
    write(name, List.of(file.encode(Frame.Kind.MOVES)));
    positions.putAll(moved);
    deleteMoves();
    movesFiles.add(name);
  }

  /**
   * Says that a batch was committed: what is old enough is deleted, after a snapshot of all
   * positions is durable.
   */
  public synchronized void release(Place committed) {
    recent.release(committed);
    long keep = retention.keepFrom(committed);
    if (!retention.worthwhile(keep)) {
      return;
    }
    long at = end().segment();
    PositionsFile snapshot = new PositionsFile(head.log(), at, checksum, keep, positions);
    FileName name = new FileName(at, epochs.mine(), positionsWritten++);
    write(PositionsFile.SNAPSHOTS + name, List.of(snapshot.encode(Frame.Kind.SNAPSHOT)));
    retention.deleteBefore(keep, name);
  }

  private void write(String name, List<byte[]> chunks) {
    if (failure != null) {
      throw failure;
    }
    try {
      store.create(name, chunks);
      epochs.check();
    } catch (IOException e) {
      failure =
          PageLogException.io(
              "write",
              store.path(name),
              e,
              "No record was lost. Make sure that the file system answers, that there is space and"
                  + " that the query may write there, then start it again.");
      throw failure;
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  /** Deletes the moves that the segment or the moves just written have taken in. */
  private void deleteMoves() {
    for (String name : movesFiles) {
      try {
        store.delete(name);
      } catch (IOException e) {
        throw PageLogException.io(
            "delete", store.path(name), e, "The query must be allowed to delete files there.");
      }
    }
    movesFiles.clear();
  }
}
