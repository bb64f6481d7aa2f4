package io.reststream.spark.log;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Positions that hold after a segment: all of them (a snapshot), or those that have moved since
 * without a record (moves).
 *
 * @param log the log's id
 * @param segment the number of the segment
 * @param checksum the checksum of the segment, or of the head for segment 0
 * @param kept the first segment that is kept: those before it are deleted, or may be at any time
 * @param positions the positions by input, both as JSON
 */
record PositionsFile(
    String log, long segment, String checksum, long kept, Map<String, String> positions) {
  static final String SNAPSHOTS = "snapshots/";
  static final String MOVES = "moves/";

  byte[] encode(Frame.Kind kind) {
    return Frame.encode(kind, this::write);
  }

  private void write(DataOutput out) throws IOException {
    Frame.writeText(out, log);
    out.writeLong(segment);
    out.write(HexFormat.of().parseHex(checksum));
    out.writeLong(kept);
    out.writeInt(positions.size());
    for (Map.Entry<String, String> position : positions.entrySet()) {
      Frame.writeText(out, position.getKey());
      Frame.writeText(out, position.getValue());
    }
  }

  /** Reads a file; empty if it is torn. */
  static Optional<PositionsFile> decode(LogStore store, String name, Frame.Kind kind)
      throws IOException {
    try (LogStore.StoredFile file = store.open(name)) {
      Optional<Frame> frame = Frame.read(file, store.path(name), kind);
      return frame.isPresent()
          ? Optional.of(frame.get().fields(PositionsFile::read))
          : Optional.empty();
    }
  }

  private static PositionsFile read(DataInput in) throws IOException {
    String log = Frame.readText(in);
    long segment = in.readLong();
    byte[] checksum = new byte[Frame.CHECKSUM_BYTES];
    in.readFully(checksum);
    long kept = in.readLong();
    int count = in.readInt();
    Map<String, String> positions = new HashMap<>();
    for (int i = 0; i < count; i++) {
      positions.put(Frame.readText(in), Frame.readText(in));
    }
    return new PositionsFile(log, segment, HexFormat.of().formatHex(checksum), kept, positions);
  }

  /** Whether this file stands on the log as it was recovered. */
  boolean follows(LogHead head, String checksumOfSegment) {
    return log.equals(head.log()) && checksum.equals(checksumOfSegment);
  }
}
