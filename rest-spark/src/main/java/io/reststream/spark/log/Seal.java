package io.reststream.spark.log;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a start found and goes on from, written before it tells anyone of it. Files that appear
 * later cannot change it: up to the sealed segment its checksums decide, and after that only what
 * was written under the epoch of the seal counts.
 *
 * @param log the log's id
 * @param epoch who goes on from here
 * @param segment the newest segment that was found; 0 if there was none
 * @param checksum its checksum, or that of the head
 */
record Seal(String log, Epoch epoch, long segment, String checksum) {
  private static final String DIRECTORY = "seals/";

  /** The newest seal that is whole; empty if no start ever got that far. */
  static Optional<Seal> newest(LogStore store) {
    try {
      List<Epoch> newestFirst = epochs(store).stream().sorted(Comparator.reverseOrder()).toList();
      for (Epoch epoch : newestFirst) {
        Optional<Seal> seal = read(store, epoch);
        if (seal.isPresent()) {
          return seal;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw PageLogException.io("read", store.path("seals"), e, "It must be readable.");
    }
  }

  private static List<Epoch> epochs(LogStore store) throws IOException {
    return store.list(DIRECTORY).stream().flatMap(name -> Epoch.parse(name).stream()).toList();
  }

  private static Optional<Seal> read(LogStore store, Epoch epoch) throws IOException {
    String name = DIRECTORY + epoch;
    try (LogStore.StoredFile file = store.open(name)) {
      Optional<Frame> frame = Frame.read(file, store.path(name), Frame.Kind.SEAL);
      return frame.isPresent()
          ? Optional.of(frame.get().fields(in -> read(in, epoch)))
          : Optional.empty();
    }
  }

  private static Seal read(DataInput in, Epoch epoch) throws IOException {
    String log = Frame.readText(in);
    long segment = in.readLong();
    byte[] checksum = new byte[Frame.CHECKSUM_BYTES];
    in.readFully(checksum);
    return new Seal(log, epoch, segment, HexFormat.of().formatHex(checksum));
  }

  /** Writes the seal, makes sure that the log is still ours, and deletes the older ones. */
  void write(LogStore store, Epochs epochs) {
    String name = DIRECTORY + epoch;
    try {
      store.create(name, List.of(Frame.encode(Frame.Kind.SEAL, this::write)));
    } catch (IOException e) {
      throw PageLogException.io(
          "write",
          store.path(name),
          e,
          "Make sure that the file system answers, that there is space and that the query may write there, then start it again.");
    }
    epochs.check();
    try {
      for (Epoch older : epochs(store)) {
        if (older.compareTo(epoch) < 0) {
          store.delete(DIRECTORY + older);
        }
      }
    } catch (IOException e) {
      throw PageLogException.io(
          "delete", store.path("seals"), e, "The query must be allowed to delete files there.");
    }
  }

  private void write(DataOutput out) throws IOException {
    Frame.writeText(out, log);
    out.writeLong(segment);
    out.write(HexFormat.of().parseHex(checksum));
  }
}
