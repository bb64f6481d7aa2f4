package io.reststream.spark.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides who may append: whoever took the newest epoch. A writer asks after it has written and
 * before it tells anyone; whoever takes an epoch reads the log only after that. So what the old
 * writer was told is durable is what the new one reads, and the rest nobody was told of.
 */
final class Epochs {
  private static final String DIRECTORY = "epochs/";

  private final LogStore store;
  private final Epoch mine;

  private Epochs(LogStore store, Epoch mine) {
    this.store = store;
    this.mine = mine;
  }

  /** Takes the next epoch, and with it the log, from whoever had it. */
  static Epochs take(LogStore store, Instant now) {
    String writer = "taken at %s by process %d%n".formatted(now, ProcessHandle.current().pid());
    while (true) {
      long next = newest(store).map(Epoch::number).orElse(0L) + 1;
      Epoch mine = new Epoch(next, UUID.randomUUID().toString().substring(0, 8));
      String name = DIRECTORY + mine;
      try {
        store.create(name, List.of(writer.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw PageLogException.io(
            "create",
            store.path(name),
            e,
            "The checkpoint location must be a directory that the query can write to, on a file system that answers and has space left.");
      }
      int mineToNewest = newest(store).map(mine::compareTo).orElse(1);
      if (mineToNewest == 0) {
        Epochs epochs = new Epochs(store, mine);
        epochs.deleteOlder();
        return epochs;
      }
      if (mineToNewest > 0) {
        throw new PageLogException(
            ("The page log file %s was created, but its directory is listed without it. The"
                    + " checkpoint location must be on a file system that lists a file once it was"
                    + " closed.")
                .formatted(store.path(name)));
      }
    }
  }

  Epoch mine() {
    return mine;
  }

  /**
   * Makes sure that the log still belongs to this epoch.
   *
   * @throws PageLogException if a newer start has taken it, or if the epoch was deleted
   */
  void check() {
    Epoch newest = newest(store).orElse(null);
    if (mine.equals(newest)) {
      return;
    }
    if (newest == null || newest.compareTo(mine) < 0) {
      throw new PageLogException(
          ("The page log file %s is missing: the page log was deleted or replaced while the query"
                  + " was running. Restore the log's directory from a copy and start the query"
                  + " again, or start with a new checkpoint.")
              .formatted(store.path(DIRECTORY + mine)));
    }
    throw new PageLogException(
        ("Another query has taken over the page log %s: its epoch is %s, ours is %s. This query"
                + " stops and has delivered nothing that the other one does not know. Run one"
                + " query per checkpoint.")
            .formatted(store.path("epochs"), newest, mine));
  }

  private static Optional<Epoch> newest(LogStore store) {
    try {
      return store.list(DIRECTORY).stream()
          .flatMap(name -> Epoch.parse(name).stream())
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw PageLogException.io(
          "list",
          store.path("epochs"),
          e,
          "The checkpoint location must be a directory that the query can read, on a file system that answers.");
    }
  }

  private void deleteOlder() {
    try {
      for (String name : store.list(DIRECTORY)) {
        if (Epoch.parse(name).filter(epoch -> epoch.compareTo(mine) < 0).isPresent()) {
          store.delete(DIRECTORY + name);
        }
      }
    } catch (IOException e) {
      throw PageLogException.io(
          "delete", store.path("epochs"), e, "The query must be allowed to delete files there.");
    }
  }
}
