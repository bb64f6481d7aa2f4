package io.reststream.spark.log;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds the head of a log, or writes the first one. */
final class Heads {
  private static final String DIRECTORY = "heads/";

  private Heads() {}

  /** A head with the checksum that the first segment follows. */
  record Found(LogHead head, String checksum) {}

  static Found open(LogStore store, Epochs epochs, String start, List<String> inputs, Instant now) {
    try {
      List<String> newestFirst =
          store.list(DIRECTORY).stream()
              .filter(name -> Epoch.parse(name).isPresent())
              .sorted(Comparator.comparing((String name) -> epoch(name)).reversed())
              .toList();
      for (String name : newestFirst) {
        Optional<Found> found = read(store, DIRECTORY + name);
        if (found.isPresent()) {
          return found.get();
        }
      }
      if (!store.list(Segment.DIRECTORY).isEmpty()) {
        throw new PageLogException(
            ("The page log %s has segments but no head: it was deleted. Restore it from a copy, or"
                    + " start with a new checkpoint.")
                .formatted(store.path("heads")));
      }
    } catch (IOException e) {
      throw PageLogException.io("read", store.path("heads"), e, "It must be readable.");
    }
    return create(store, epochs, start, inputs, now);
  }

  private static Epoch epoch(String name) {
    return Epoch.parse(name).orElseThrow();
  }

  private static Optional<Found> read(LogStore store, String name) throws IOException {
    try (LogStore.StoredFile file = store.open(name)) {
      Optional<Frame> frame = Frame.read(file, store.path(name), Frame.Kind.HEAD);
      return frame.isPresent()
          ? Optional.of(new Found(frame.get().fields(LogHead::read), frame.get().checksum()))
          : Optional.empty();
    }
  }

  private static Found create(
      LogStore store, Epochs epochs, String start, List<String> inputs, Instant now) {
    String version = Heads.class.getPackage().getImplementationVersion();
    String writer = "rest-spark " + (version == null ? "unversioned" : version);
    LogHead head = new LogHead(UUID.randomUUID().toString(), now, writer, start, inputs);
    byte[] frame = head.encode();
    String name = DIRECTORY + epochs.mine();
    try {
      store.create(name, List.of(frame));
    } catch (IOException e) {
      throw PageLogException.io(
          "write",
          store.path(name),
          e,
          "Make sure that there is space and that the query may write there, then start it again.");
    }
    epochs.check();
    return new Found(head, Frame.checksum(frame));
  }
}
