package io.reststream.spark.log;

import static io.reststream.spark.log.LogFixture.INPUT;
import static io.reststream.spark.log.LogFixture.append;
import static io.reststream.spark.log.LogFixture.files;
import static io.reststream.spark.log.LogFixture.numbers;
import static io.reststream.spark.log.LogFixture.open;
import static io.reststream.spark.log.LogFixture.read;
import static io.reststream.spark.log.LogFixture.store;
import static io.reststream.spark.log.LogFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of drivers that had lost the log, or were killed inside a write, and that land late. */
class PageLogForkTest {
  @TempDir Path directory;

  @Test
  void whatWasToldStaysWhicheverLateSegmentLandsBesideIt() {
    PageLog first = open(store(directory));
    append(first, 2);
    PageLog second = open(store(directory));
    appendLate(first, 2, 3);
    PageLog third = open(store(directory));
    Place told = third.end();
    List<String> delivered = read(third);

    appendLate(second, 100, 4);

    PageLog fourth = open(store(directory));
    fourth.require(third.id(), told);
    assertThat(read(fourth)).isEqualTo(delivered).isEqualTo(texts(0, 2));
    append(fourth, 1);
    assertThat(read(open(store(directory)))).isEqualTo(texts(0, 3));
  }

  @Test
  void aSegmentThatAKilledDriversStoreCompletesLaterIsFetchedAgainInstead() throws Exception {
    PageLog killed = open(store(directory));
    append(killed, 2);
    append(killed, 3);
    Path incomplete = files(directory, "segments").get(1);
    Path aside = directory.resolve("aside");
    Files.move(incomplete, aside);
    PageLog next = open(store(directory));
    assertThat(read(next)).isEqualTo(texts(0, 2));

    Files.move(aside, incomplete);

    assertThat(read(open(store(directory)))).isEqualTo(texts(0, 2));
  }

  @Test
  void aLateSegmentBelowWhatIsKeptIsIgnoredAndDeleted() throws Exception {
    PageLog zombie = open(store(directory), 1);
    append(zombie, 1);
    PageLog current = open(store(directory), 1);
    for (int i = 0; i < 30; i++) {
      append(current, 1);
      current.release(current.end());
    }

    appendLate(zombie, 1, 1);

    PageLog next = open(store(directory), 1);
    assertThat(next.end()).isEqualTo(current.end());
    assertThat(next.position(INPUT)).isEqualTo("31");
    for (int i = 0; i < 30; i++) {
      append(next, 1);
      next.release(next.end());
    }
    assertThat(files(directory, "segments"))
        .noneMatch(file -> file.getFileName().toString().startsWith("0000000000000002."));
  }

  @Test
  void aLateHeadAndALateSealChangeNothing() throws Exception {
    PageLog lost = open(store(directory));
    Path lateHead = files(directory, "heads").get(0);
    Path lateSeal = files(directory, "seals").get(0);
    Path aside = Files.createDirectory(directory.resolve("aside"));
    Files.move(lateHead, aside.resolve("head"));
    Files.move(lateSeal, aside.resolve("seal"));
    PageLog told = open(store(directory));

    Files.move(aside.resolve("head"), lateHead);
    Files.move(aside.resolve("seal"), lateSeal);

    assertThat(told.id()).isNotEqualTo(lost.id());
    PageLog next = open(store(directory));
    assertThat(next.id()).isEqualTo(told.id());
    append(next, 2);
    assertThat(read(open(store(directory)))).isEqualTo(texts(0, 2));
  }

  @Test
  void aDamagedLateSegmentStopsNothing() throws Exception {
    PageLog first = open(store(directory));
    append(first, 2);
    PageLog second = open(store(directory));
    append(second, 1);
    append(second, 1);
    Path good = files(directory, "segments").get(1);
    byte[] bytes = Files.readAllBytes(good);
    bytes[40] ^= 1;
    for (String number : List.of("0000000000000002", "0000000000000009")) {
      Files.write(directory.resolve("segments/" + number + ".0000000001-00000000.0"), bytes);
    }

    assertThat(read(open(store(directory)))).isEqualTo(texts(0, 4));
  }

  @Test
  void aDeletedSealOfWhoeverWroteLastIsAnErrorThatNamesItsEpoch() throws Exception {
    append(open(store(directory)), 2);
    Path older = files(directory, "seals").get(0);
    byte[] bytes = Files.readAllBytes(older);
    append(open(store(directory)), 2);
    Path newer = files(directory, "seals").get(0);
    Files.delete(newer);

    assertThatThrownBy(() -> open(store(directory)))
        .isInstanceOf(PageLogException.class)
        .hasMessage(
            "The page log %s has no seal, although it has segments: it was deleted. Restore it from a copy; without it this checkpoint cannot go on, and records could be lost."
                .formatted(store(directory).path("seals")));

    Files.write(older, bytes);
    assertThatThrownBy(() -> open(store(directory)))
        .isInstanceOf(PageLogException.class)
        .hasMessageContaining(
            "seals has no seal of the epoch %s: it was deleted".formatted(newer.getFileName()));
  }

  @Test
  void aTornSealIsAsIfItsDriverHadNeverStarted() throws Exception {
    append(open(store(directory)), 2);
    Path seal = files(directory, "seals").get(0);
    byte[] older = Files.readAllBytes(seal);
    open(store(directory));
    Path newest = files(directory, "seals").get(0);
    byte[] whole = Files.readAllBytes(newest);
    for (int cut = 0; cut < whole.length; cut++) {
      Path torn = Files.createTempDirectory(directory.getParent(), "torn");
      Files.delete(torn);
      LogFixture.copy(directory, torn);
      Files.write(torn.resolve("seals/" + seal.getFileName()), older);
      Files.write(torn.resolve("seals/" + newest.getFileName()), Arrays.copyOf(whole, cut));

      assertThat(read(open(store(torn)))).isEqualTo(texts(0, 2));
    }
  }

  /** An append of a driver that has lost the log: its file lands, and the append fails. */
  private static void appendLate(PageLog log, int from, int records) {
    assertThatThrownBy(
            () ->
                log.append(
                    List.of(new LoggedPage(INPUT, numbers(from, records))),
                    Map.of(INPUT, Integer.toString(from + records)),
                    false))
        .isInstanceOf(PageLogException.class)
        .hasMessageContaining("taken over");
  }
}
