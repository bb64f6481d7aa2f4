package io.reststream.flink.split;

import io.reststream.core.Input;
import io.reststream.core.PageInfo;
import io.reststream.core.Position;
import io.reststream.core.Records;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a {@link RestSplit} in checkpoints and savepoints.
 *
 * <p>Version 2, all numbers big-endian, a text being its length in bytes (int) and its UTF-8:
 *
 * <pre>
 * byte   flags: 1 = has a position, 2 = has a rest, 4 = the page is the last of the split,
 *        8 = is a stretch, 16 = is assigned again
 * text   the input's JSON
 * text   the stretch's name                                                    (flag 8)
 * int    the round                                          (flag 16: never in a checkpoint)
 * text   the position's JSON                                                   (flag 1)
 * text url, int status, long seconds, int nanos, long page, long bytes, int dropped,
 * boolean and text offset                                                      (flag 2: the page)
 * int count, count ints: the records' lengths, then all their bytes            (flag 2: its rest)
 * </pre>
 *
 * <p>Version 1 knew no stretches.
 */
public final class RestSplitSerializer implements SimpleVersionedSerializer<RestSplit> {
  private static final int VERSION = 2;
  private static final int HAS_POSITION = 1;
  private static final int HAS_REST = 2;
  private static final int LAST = 4;
  private static final int IS_STRETCH = 8;
  private static final int IS_AGAIN = 16;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(RestSplit split) throws IOException {
    Position position = split.position();
    PageRest rest = split.rest();
    String stretch = split.stretch();
    DataOutputSerializer out = new DataOutputSerializer(256);
    out.writeByte(
        (position == null ? 0 : HAS_POSITION)
            | (rest == null ? 0 : HAS_REST)
            | (split.last() ? LAST : 0)
            | (stretch == null ? 0 : IS_STRETCH)
            | (split.round() == 0 ? 0 : IS_AGAIN));
    writeText(split.input().json(), out);
    if (stretch != null) {
      writeText(stretch, out);
    }
    if (split.round() != 0) {
      out.writeInt(split.round());
    }
    if (position != null) {
      writeText(position.json(), out);
    }
    if (rest != null) {
      writeInfo(rest.info(), out);
      writeRecords(rest, out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public RestSplit deserialize(int version, byte[] serialized) throws IOException {
    if (version < 1 || version > VERSION) {
      throw new IOException(
          "The state of a split is of version %d, but this release of reststream reads versions 1 to %d. Restore it with the release that wrote it, or with a newer one."
              .formatted(version, VERSION));
    }
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    try {
      RestSplit split = read(in);
      if (in.available() > 0) {
        throw new IOException(
            "The state of a split is broken: %d bytes follow its end.".formatted(in.available()));
      }
      return split;
    } catch (EOFException | IllegalArgumentException | DateTimeException e) {
      throw new IOException(
          "The state of a split is broken: its %d bytes are not a split."
              .formatted(serialized.length),
          e);
    }
  }

  private static RestSplit read(DataInputDeserializer in) throws IOException {
    int flags = in.readUnsignedByte();
    Input input = Input.parse(readText(in));
    String stretch = (flags & IS_STRETCH) == 0 ? null : readText(in);
    int round = (flags & IS_AGAIN) == 0 ? 0 : in.readInt();
    Position position = (flags & HAS_POSITION) == 0 ? null : Position.parse(readText(in));
    PageRest rest = null;
    if ((flags & HAS_REST) != 0) {
      PageInfo info = readInfo(in);
      rest = new PageRest(readRecords(in), 0, info);
    }
    return new RestSplit(input, stretch, position, rest, (flags & LAST) != 0, round);
  }

  private static void writeInfo(PageInfo info, DataOutputSerializer out) throws IOException {
    writeText(info.url(), out);
    out.writeInt(info.status());
    out.writeLong(info.fetchedAt().getEpochSecond());
    out.writeInt(info.fetchedAt().getNano());
    out.writeLong(info.page());
    out.writeLong(info.bytes());
    out.writeInt(info.dropped());
    String offset = info.offset();
    out.writeBoolean(offset != null);
    if (offset != null) {
      writeText(offset, out);
    }
  }

  private static PageInfo readInfo(DataInputDeserializer in) throws IOException {
    String url = readText(in);
    int status = in.readInt();
    Instant fetchedAt = Instant.ofEpochSecond(in.readLong(), in.readInt());
    long page = in.readLong();
    long bytes = in.readLong();
    int dropped = in.readInt();
    @Nullable String offset = in.readBoolean() ? readText(in) : null;
    return new PageInfo(url, status, fetchedAt, page, bytes, dropped, offset);
  }

  private static void writeRecords(PageRest rest, DataOutputSerializer out) throws IOException {
    Records records = rest.records();
    out.writeInt(rest.size());
    for (int i = rest.from(); i < records.size(); i++) {
      out.writeInt(records.length(i));
    }
    for (int i = rest.from(); i < records.size(); i++) {
      out.write(records.buffer(), records.start(i), records.length(i));
    }
  }

  private static Records readRecords(DataInputDeserializer in) throws IOException {
    int count = readSize(in, Integer.BYTES);
    int[] starts = new int[count];
    int[] ends = new int[count];
    int end = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = end;
      int length = in.readInt();
      if (length < 0 || length > in.available() - end) {
        throw new EOFException(length + " was read as a record's length");
      }
      end += length;
      ends[i] = end;
    }
    return Records.slices(readBytes(in, end), starts, ends);
  }

  private static void writeText(String text, DataOutputSerializer out) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String readText(DataInputDeserializer in) throws IOException {
    return new String(readBytes(in, readSize(in, 1)), StandardCharsets.UTF_8);
  }

  /** A count of things of {@code width} bytes each; refused before anything that large is made. */
  private static int readSize(DataInputDeserializer in, int width) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > in.available() / width) {
      throw new EOFException(size + " was read as a size, with " + in.available() + " bytes left");
    }
    return size;
  }

  private static byte[] readBytes(DataInputDeserializer in, int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new EOFException(length + " bytes are missing");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
