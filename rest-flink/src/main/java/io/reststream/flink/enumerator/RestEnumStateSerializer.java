package io.reststream.flink.enumerator;

import io.reststream.core.Input;
import io.reststream.flink.split.RestSplit;
import io.reststream.flink.split.RestSplitSerializer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The bytes of a {@link RestEnumState} in checkpoints and savepoints.
 *
 * <p>Version 1, all numbers big-endian, a block being its length in bytes (int) and its bytes:
 *
 * <pre>
 * boolean bounded
 * int count of assigned inputs, then each one's JSON in UTF-8 as a block
 * int version of the splits, int count of unassigned splits, then each split as a block
 * </pre>
 */
public final class RestEnumStateSerializer implements SimpleVersionedSerializer<RestEnumState> {
  private static final int VERSION = 1;

  private final RestSplitSerializer splits = new RestSplitSerializer();

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(RestEnumState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    out.writeBoolean(state.bounded());
    out.writeInt(state.assigned().size());
    for (Input input : state.assigned()) {
      writeBlock(input.json().getBytes(StandardCharsets.UTF_8), out);
    }
    out.writeInt(splits.getVersion());
    out.writeInt(state.unassigned().size());
    for (RestSplit split : state.unassigned()) {
      writeBlock(splits.serialize(split), out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public RestEnumState deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "The state of the enumerator is of version %d, but this release of reststream reads version %d. Restore it with the release that wrote it, or with a newer one."
              .formatted(version, VERSION));
    }
    try {
      return read(new DataInputDeserializer(serialized));
    } catch (EOFException | IllegalArgumentException e) {
      throw new IOException(
          "The state of the enumerator is broken: its %d bytes are not a state."
              .formatted(serialized.length),
          e);
    }
  }

  private RestEnumState read(DataInputDeserializer in) throws IOException {
    boolean bounded = in.readBoolean();
    Set<Input> assigned = new HashSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      assigned.add(Input.parse(new String(readBlock(in), StandardCharsets.UTF_8)));
    }
    int splitVersion = in.readInt();
    List<RestSplit> unassigned = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      unassigned.add(splits.deserialize(splitVersion, readBlock(in)));
    }
    return new RestEnumState(bounded, assigned, unassigned);
  }

  private static void writeBlock(byte[] block, DataOutputSerializer out) throws IOException {
    out.writeInt(block.length);
    out.write(block);
  }

  private static byte[] readBlock(DataInputDeserializer in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new EOFException(length + " was read as a length, with " + in.available() + " left");
    }
    byte[] block = new byte[length];
    in.readFully(block);
    return block;
  }
}
