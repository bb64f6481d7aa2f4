package io.reststream.spark.log;

import io.reststream.core.Records;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes segments into bytes and back. The format is written down in docs/page-log.md. */
final class SegmentCodec {
  /** Blocks of about this size, so that a large page can be read by several tasks. */
  static final int BLOCK_BYTES = 256 * 1024;

  private SegmentCodec() {}

  /**
   * A segment that is ready to be written.
   *
   * @param chunks the frame, then one chunk per block, compressed
   * @param blocks the blocks as they are
   */
  record Encoded(Segment segment, List<byte[]> chunks, List<byte[]> blocks) {}

  /** A segment as it was read, with the positions that it moved. */
  record Decoded(Segment segment, Map<String, String> moved) {}

  /** What a segment says about its place in the log. */
  record Identity(String log, Epoch epoch, long number, String before, boolean continues) {}

  private record Part(
      String input, @Nullable PageFacts page, int records, byte[] block, byte[] stored, int crc) {
    Part(String input, @Nullable PageFacts page, int records, byte[] block, byte[] stored) {
      this(input, page, records, block, stored, Frame.crc(stored, 0, stored.length));
    }
  }

  static Encoded encode(Identity id, List<LoggedPage> pages, Map<String, String> moved) {
    List<Part> parts = new ArrayList<>();
    for (LoggedPage page : pages) {
      split(page, parts);
    }
    Map<String, Integer> inputs = new LinkedHashMap<>();
    parts.forEach(part -> inputs.putIfAbsent(part.input(), inputs.size()));
    moved.keySet().forEach(input -> inputs.putIfAbsent(input, inputs.size()));
    Map<PageFacts, Integer> facts = new LinkedHashMap<>();
    for (Part part : parts) {
      if (part.page() != null) {
        facts.putIfAbsent(part.page(), facts.size());
      }
    }
    byte[] frame =
        Frame.encode(
            Frame.Kind.SEGMENT,
            out -> {
              writeIdentity(out, id);
              out.writeInt(inputs.size());
              for (String input : inputs.keySet()) {
                Frame.writeText(out, input);
              }
              out.writeInt(moved.size());
              for (Map.Entry<String, String> move : moved.entrySet()) {
                out.writeInt(Objects.requireNonNull(inputs.get(move.getKey())));
                Frame.writeText(out, move.getValue());
              }
              out.writeInt(facts.size());
              for (PageFacts page : facts.keySet()) {
                page.write(out);
              }
              out.writeInt(parts.size());
              for (Part part : parts) {
                out.writeInt(Objects.requireNonNull(inputs.get(part.input())));
                out.writeInt(
                    part.page() == null ? -1 : Objects.requireNonNull(facts.get(part.page())));
                out.writeInt(part.records());
                out.writeInt(part.stored().length);
                out.writeInt(part.crc());
                out.writeInt(part.block().length);
              }
            });
    List<Block> blocks = new ArrayList<>(parts.size());
    List<byte[]> chunks = new ArrayList<>(parts.size() + 1);
    chunks.add(frame);
    long at = frame.length;
    long first = 0;
    for (Part part : parts) {
      byte[] stored = part.stored();
      blocks.add(
          new Block(
              part.input(),
              part.page(),
              first,
              part.records(),
              at,
              stored.length,
              part.crc(),
              part.block().length));
      chunks.add(stored);
      first += part.records();
      at += stored.length;
    }
    String file = Segment.DIRECTORY + new FileName(id.number(), id.epoch(), 0);
    String checksum = Frame.checksum(frame);
    return new Encoded(
        segment(file, id, checksum, first, at, blocks),
        chunks,
        parts.stream().map(Part::block).toList());
  }

  private static void split(LoggedPage page, List<Part> parts) {
    Records records = page.records();
    int from = 0;
    int bytes = 0;
    for (int i = 0; i < records.size(); i++) {
      int length = Integer.BYTES + records.length(i);
      if (i > from && (long) bytes + length > BLOCK_BYTES) {
        parts.add(part(page, from, i, bytes));
        from = i;
        bytes = 0;
      }
      bytes += length;
    }
    if (from < records.size()) {
      parts.add(part(page, from, records.size(), bytes));
    }
  }

  private static Part part(LoggedPage page, int from, int to, int length) {
    Records records = page.records();
    ByteBuffer bytes = ByteBuffer.allocate(length);
    for (int i = from; i < to; i++) {
      bytes.putInt(records.length(i)).put(records.buffer(), records.start(i), records.length(i));
    }
    byte[] block = bytes.array();
    return new Part(page.input(), page.page(), to - from, block, Compression.of(block));
  }

  /** Reads a segment of this log without its blocks; empty if its file is torn. */
  static Optional<Decoded> decode(LogStore.StoredFile stored, String log, String file, String path)
      throws IOException {
    Optional<Frame> frame = Frame.read(stored, path, Frame.Kind.SEGMENT);
    if (frame.isEmpty()) {
      return Optional.empty();
    }
    long length = frame.get().length();
    Decoded decoded = frame.get().fields(in -> fields(in, log, file, path, frame.get()));
    for (Block block : decoded.segment().blocks()) {
      length += block.bytes();
    }
    if (stored.length() > length) {
      throw PageLogException.damaged(
          path, "it has %d bytes instead of %d".formatted(stored.length(), length));
    }
    return stored.length() < length ? Optional.empty() : Optional.of(decoded);
  }

  private static Decoded fields(DataInput in, String log, String file, String path, Frame frame)
      throws IOException {
    Identity id = readIdentity(in);
    if (!id.log().equals(log)) {
      throw PageLogException.damaged(
          path, "it belongs to the log %s, not to %s".formatted(id.log(), log));
    }
    String[] inputs = new String[in.readInt()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = Frame.readText(in);
    }
    int moves = in.readInt();
    Map<String, String> moved = new HashMap<>();
    for (int i = 0; i < moves; i++) {
      moved.put(inputs[in.readInt()], Frame.readText(in));
    }
    PageFacts[] pages = new PageFacts[frame.version() == 1 ? 0 : in.readInt()];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = PageFacts.read(in);
    }
    int count = in.readInt();
    List<Block> blocks = new ArrayList<>(count);
    long at = frame.length();
    long first = 0;
    for (int i = 0; i < count; i++) {
      String input = inputs[in.readInt()];
      int page = frame.version() == 1 ? -1 : in.readInt();
      int records = in.readInt();
      int bytes = in.readInt();
      int crc = in.readInt();
      int length = frame.version() < 3 ? bytes : in.readInt();
      Block block =
          new Block(input, page < 0 ? null : pages[page], first, records, at, bytes, crc, length);
      blocks.add(block);
      at += block.bytes();
      first += block.records();
    }
    if (!file.equals(Segment.DIRECTORY + new FileName(id.number(), id.epoch(), 0))) {
      throw PageLogException.damaged(
          path, "it holds segment %d of epoch %s".formatted(id.number(), id.epoch()));
    }
    return new Decoded(segment(file, id, frame.checksum(), first, at, blocks), moved);
  }

  private static Segment segment(
      String file, Identity id, String checksum, long records, long length, List<Block> blocks) {
    return new Segment(
        file,
        id.number(),
        id.epoch(),
        id.before(),
        checksum,
        id.continues(),
        records,
        length,
        List.copyOf(blocks));
  }

  static void writeIdentity(DataOutput out, Identity id) throws IOException {
    Frame.writeText(out, id.log());
    Frame.writeText(out, id.epoch().toString());
    out.writeLong(id.number());
    out.write(HexFormat.of().parseHex(id.before()));
    out.writeBoolean(id.continues());
  }

  static Identity readIdentity(DataInput in) throws IOException {
    String log = Frame.readText(in);
    Epoch epoch = Epoch.parse(Frame.readText(in)).orElseThrow();
    long number = in.readLong();
    byte[] before = new byte[Frame.CHECKSUM_BYTES];
    in.readFully(before);
    return new Identity(log, epoch, number, HexFormat.of().formatHex(before), in.readBoolean());
  }
}
