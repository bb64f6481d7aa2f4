package io.reststream.spark.log;

import static io.reststream.spark.log.LogFixture.INPUT;
import static io.reststream.spark.log.LogFixture.append;
import static io.reststream.spark.log.LogFixture.copy;
import static io.reststream.spark.log.LogFixture.files;
import static io.reststream.spark.log.LogFixture.open;
import static io.reststream.spark.log.LogFixture.read;
import static io.reststream.spark.log.LogFixture.store;
import static io.reststream.spark.log.LogFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are torn, damaged, missing, newer, or cannot be written. */
@Timeout(180)
class PageLogDamageTest {
  @TempDir Path parent;
  private Path directory;

  @BeforeEach
  void threeSegments() {
    directory = parent.resolve("log");
    PageLog log = open(store(directory));
    append(log, 2);
    append(log, 2);
    append(log, 2);
  }

  @Test
  void aNewestSegmentTornAtAnyByteIsDroppedAndFetchedAgain() throws Exception {
    byte[] whole = Files.readAllBytes(files(directory, "segments").get(2));
    for (int cut = 0; cut < whole.length; cut++) {
      Path torn = parent.resolve("torn-" + cut);
      copy(directory, torn);
      Files.write(files(torn, "segments").get(2), Arrays.copyOf(whole, cut));

      PageLog log = open(store(torn));

      assertThat(log.end()).as("cut at %d", cut).isEqualTo(new Place(2, 2));
      assertThat(log.position(INPUT)).isEqualTo("4");
      append(log, 3);
      assertThat(read(open(store(torn)))).as("cut at %d", cut).isEqualTo(texts(0, 7));
    }
  }

  @Test
  void aNewestSegmentThatNeverReachedTheDiskIsDropped() throws Exception {
    Path newest = files(directory, "segments").get(2);
    Files.write(newest, new byte[(int) Files.size(newest)]);

    assertThat(open(store(directory)).end()).isEqualTo(new Place(2, 2));
  }

  @Test
  void aByteThatChangedAnywhereIsFoundAndItsFileNamed() throws Exception {
    for (String kind : List.of("heads", "seals", "segments")) {
      for (int file = 0; file < files(directory, kind).size(); file++) {
        byte[] whole = Files.readAllBytes(files(directory, kind).get(file));
        for (int at = 0; at < whole.length; at++) {
          Path damaged = parent.resolve(kind + "-" + file + "-" + at);
          copy(directory, damaged);
          byte[] changed = whole.clone();
          changed[at] ^= 0x10;
          Path changedFile = files(damaged, kind).get(file);
          Files.write(changedFile, changed);

          assertThatThrownBy(() -> read(open(store(damaged))))
              .as("%s %d, byte %d", kind, file, at)
              .isInstanceOf(PageLogException.class)
              .hasMessageContaining(kind + "/" + changedFile.getFileName());
        }
      }
    }
  }

  @Test
  void aDamagedOrTornSnapshotThatIsNeededIsAnError() throws Exception {
    PageLog log = open(store(directory), 1);
    for (int i = 0; i < 11; i++) {
      append(log, 1);
      log.release(log.end());
    }
    Path snapshot = files(directory, "snapshots").get(0);
    byte[] whole = Files.readAllBytes(snapshot);
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 1;
    Files.write(snapshot, changed);

    assertThatThrownBy(() -> open(store(directory), 1))
        .isInstanceOf(PageLogException.class)
        .hasMessage(
            "The page log file %s is damaged: its header does not match its checksum. Restore it"
                    .formatted(store(directory).path("snapshots/" + snapshot.getFileName()))
                + " from a copy; without it this checkpoint cannot go on, and records could be"
                + " lost.");

    Files.write(snapshot, Arrays.copyOf(whole, 20));
    assertThatThrownBy(() -> open(store(directory), 1))
        .isInstanceOf(PageLogException.class)
        .hasMessageContaining("segments 1 to 10, and no snapshot in their place: it was deleted");
  }

  @Test
  void tornMovesAreAsIfTheyHadNotBeenSaved() throws Exception {
    open(store(directory)).saveMoves(Map.of(INPUT, "77"));
    Path moves = files(directory, "moves").get(0);
    byte[] whole = Files.readAllBytes(moves);
    for (int cut = 0; cut < whole.length; cut++) {
      Files.write(moves, Arrays.copyOf(whole, cut));
      assertThat(open(store(directory)).position(INPUT)).isEqualTo("6");
    }
    Files.write(moves, whole);
    assertThat(open(store(directory)).position(INPUT)).isEqualTo("77");
  }

  @Test
  void aHeadThatIsTornOrHasNoSealIsWrittenAnew() throws Exception {
    Path fresh = parent.resolve("fresh");
    PageLog first = open(store(fresh));
    Path head = files(fresh, "heads").get(0);
    Files.delete(files(fresh, "seals").get(0));
    byte[] whole = Files.readAllBytes(head);
    for (int cut = 0; cut <= whole.length; cut++) {
      Path torn = parent.resolve("head-" + cut);
      copy(fresh, torn);
      Files.write(files(torn, "heads").get(0), Arrays.copyOf(whole, cut));

      PageLog log = open(store(torn));

      assertThat(log.id()).isNotEqualTo(first.id());
      append(log, 1);
      assertThat(open(store(torn)).id()).isEqualTo(log.id());
      assertThat(read(open(store(torn)))).isEqualTo(texts(0, 1));
    }
  }

  @Test
  void aMissingSegmentIsAnErrorThatNamesIt() throws Exception {
    Files.delete(files(directory, "segments").get(1));

    assertThatThrownBy(() -> open(store(directory)))
        .isInstanceOf(PageLogException.class)
        .hasMessage(
            "The page log %s has no segment 2: it was deleted. Restore it from a copy; without it"
                    .formatted(store(directory).path("segments"))
                + " this checkpoint cannot go on, and records could be lost.");
  }

  @Test
  void missingFirstSegmentsAreAnErrorThatNamesThem() throws Exception {
    Files.delete(files(directory, "segments").get(0));
    Files.delete(files(directory, "segments").get(0));

    assertThatThrownBy(() -> open(store(directory)))
        .isInstanceOf(PageLogException.class)
        .hasMessageContaining("has no segments 1 to 2, and no snapshot in their place");
  }

  @Test
  void aMissingHeadIsAnErrorThatNamesIt() throws Exception {
    String log = open(store(directory)).id();
    Files.delete(files(directory, "heads").get(0));

    assertThatThrownBy(() -> open(store(directory)))
        .isInstanceOf(PageLogException.class)
        .hasMessage(
            "The page log %s has no head of the log %s: it was deleted or cut off. Restore it from"
                    .formatted(store(directory).path("heads"), log)
                + " a copy, or start with a new checkpoint.");
  }

  @Test
  void aSegmentOfAnotherLogIsAnErrorThatNamesIt() throws Exception {
    Path other = parent.resolve("other");
    append(open(store(other)), 2);
    Path foreign = files(other, "segments").get(0);
    Path seal = files(directory, "seals").get(0).getFileName();
    Path file = directory.resolve("segments/0000000000000004." + seal + ".0");
    Files.copy(foreign, file);

    assertThatThrownBy(() -> open(store(directory)))
        .isInstanceOf(PageLogException.class)
        .hasMessageContaining(file.getFileName() + " is damaged: it belongs to the log");
  }

  @Test
  void anOldSegmentThatWasCutOffIsAnErrorThatNamesIt() throws Exception {
    Path second = files(directory, "segments").get(1);
    Files.write(second, Arrays.copyOf(Files.readAllBytes(second), 50));

    assertThatThrownBy(() -> open(store(directory)))
        .isInstanceOf(PageLogException.class)
        .hasMessageContaining(
            second.getFileName()
                + " is damaged: it is cut off, or not the segment that number 3 follows");
  }

  @Test
  void aFileOfANewerVersionIsRefusedByName() throws Exception {
    for (String kind : List.of("heads", "seals", "segments")) {
      Path newer = parent.resolve("newer-" + kind);
      copy(directory, newer);
      List<Path> files = files(newer, kind);
      Path file = files.get(files.size() - 1);
      byte[] bytes = Files.readAllBytes(file);
      bytes[5] = 4;
      ByteBuffer.wrap(bytes).putInt(12, Frame.crc(bytes, 0, 12));
      Files.write(file, bytes);

      assertThatThrownBy(() -> open(store(newer)))
          .isInstanceOf(PageLogException.class)
          .hasMessage(
              "The page log file %s has format version 4, but this version of rest-spark reads up"
                      .formatted(store(newer).path(kind + "/" + file.getFileName()))
                  + " to 3. Go on with the version that wrote it, or a newer one.");
    }
  }
}
