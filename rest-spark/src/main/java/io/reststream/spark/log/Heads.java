package io.reststream.spark.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the head of a log, or writes one. */
final class Heads {
  private static final String DIRECTORY = "heads/";

  private Heads() {}

  /** A head with the checksum that the first segment follows. */
  record Found(LogHead head, String checksum) {}

  /**
   * The head of a log.
   *
   * @throws PageLogException if it is gone or damaged
   */
  static Found find(LogStore store, String log) {
    PageLogException damage = null;
    for (Epoch epoch : epochs(store)) {
      try {
        Found found = read(store, DIRECTORY + epoch);
        if (found != null && found.head().log().equals(log)) {
          return found;
        }
      } catch (PageLogException e) {
        damage = e;
      }
    }
    if (damage != null) {
      throw damage;
    }
    throw new PageLogException(
        ("The page log %s has no head of the log %s: it was deleted or cut off. Restore it from a"
                + " copy, or start with a new checkpoint.")
            .formatted(store.path("heads"), log));
  }

  private static List<Epoch> epochs(LogStore store) {
    try {
      return store.list(DIRECTORY).stream().flatMap(name -> Epoch.parse(name).stream()).toList();
    } catch (IOException e) {
      throw PageLogException.io("read", store.path("heads"), e, "It must be readable.");
    }
  }

  private static @Nullable Found read(LogStore store, String name) {
    try (LogStore.StoredFile file = store.open(name)) {
      Optional<Frame> frame = Frame.read(file, store.path(name), Frame.Kind.HEAD);
      return frame.isPresent()
          ? new Found(frame.get().fields(LogHead::read), frame.get().checksum())
          : null;
    } catch (FileNotFoundException e) {
      return null;
    } catch (IOException e) {
      throw PageLogException.io("read", store.path(name), e, "It must be readable.");
    }
  }

  /** Writes the head of a new log. It counts once a seal names it. */
  static Found create(
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
          "Make sure that the file system answers, that there is space and that the query may write there, then start it again.");
    }
    return new Found(head, Frame.checksum(frame));
  }
}
