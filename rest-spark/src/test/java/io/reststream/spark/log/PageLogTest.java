package io.reststream.spark.log;

import static io.reststream.spark.log.LogFixture.INPUT;
import static io.reststream.spark.log.LogFixture.append;
import static io.reststream.spark.log.LogFixture.files;
import static io.reststream.spark.log.LogFixture.open;
import static io.reststream.spark.log.LogFixture.read;
import static io.reststream.spark.log.LogFixture.store;
import static io.reststream.spark.log.LogFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.Records;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageLogTest {
  @TempDir Path directory;

  @Test
  void aNewLogIsEmptyAndKnowsWhereItsInputsStart() {
    PageLog log = open(store(directory));

    assertThat(log.end()).isEqualTo(Place.START);
    assertThat(log.recordsAfter(Place.START)).isZero();
    assertThat(log.position(INPUT)).isEqualTo("0");
    assertThat(log.position("{\"tenant\":\"b\"}")).isNull();
  }

  @Test
  void theStartPositionOfALogStaysThatOfItsFirstStart() {
    open(store(directory));

    PageLog again = PageLog.open(store(directory), "7", List.of("{}"), 100, LogFixture.CLOCK);

    assertThat(again.position(INPUT)).isEqualTo("0");
    assertThat(again.position("{}")).isNull();
  }

  @Test
  void whatWasAppendedIsThereWithItsPositionsAfterReopening() {
    PageLog log = open(store(directory));
    append(log, 3);
    append(log, 2);

    PageLog again = open(store(directory));

    assertThat(again.id()).isEqualTo(log.id());
    assertThat(again.end()).isEqualTo(new Place(2, 2)).isEqualTo(log.end());
    assertThat(again.position(INPUT)).isEqualTo("5");
    assertThat(again.bytes()).isEqualTo(log.bytes()).isPositive();
    assertThat(read(again)).isEqualTo(texts(0, 5)).isEqualTo(read(log));
  }

  @Test
  void aSegmentKeepsThePagesOfSeveralInputsApart() {
    PageLog log = open(store(directory));
    log.append(
        List.of(
            new LoggedPage("{\"t\":1}", LogFixture.numbers(0, 2)),
            new LoggedPage("{\"t\":2}", LogFixture.numbers(10, 1)),
            new LoggedPage("{\"t\":1}", LogFixture.numbers(2, 1))),
        Map.of("{\"t\":1}", "3", "{\"t\":2}", "11", "{\"t\":3}", "99"),
        false);

    PageLog again = open(store(directory));

    assertThat(again.ranges(Place.START, again.end()))
        .extracting(range -> range.block().input())
        .containsExactly("{\"t\":1}", "{\"t\":2}", "{\"t\":1}");
    assertThat(read(again)).containsExactly("0", "1", "10", "2");
    assertThat(again.position("{\"t\":1}")).isEqualTo("3");
    assertThat(again.position("{\"t\":2}")).isEqualTo("11");
    assertThat(again.position("{\"t\":3}")).isEqualTo("99");
    assertThat(again.position(INPUT)).isEqualTo("0");
  }

  @Test
  void aPlaceAdvancesByRecordsOverSegmentsAndNeverBeyondTheEnd() {
    PageLog log = open(store(directory));
    append(log, 5);
    append(log, 5);

    assertThat(log.advance(Place.START, 3)).isEqualTo(new Place(1, 3));
    assertThat(log.advance(Place.START, 5)).isEqualTo(new Place(1, 5));
    assertThat(log.advance(new Place(1, 3), 4)).isEqualTo(new Place(2, 2));
    assertThat(log.advance(new Place(2, 2), Long.MAX_VALUE)).isEqualTo(new Place(2, 5));
    assertThat(log.advance(new Place(2, 5), 10)).isEqualTo(new Place(2, 5));
    assertThat(log.recordsAfter(new Place(1, 3))).isEqualTo(7);
    assertThat(read(log, new Place(1, 3), new Place(2, 2))).isEqualTo(texts(3, 7));
    assertThat(read(log, new Place(1, 5), new Place(2, 5))).isEqualTo(texts(5, 10));
    assertThat(log.ranges(new Place(2, 2), new Place(2, 2))).isEmpty();
  }

  @Test
  void aSegmentWithoutRecordsMovesPositionsAndNoPlace() {
    PageLog log = open(store(directory));
    append(log, 2);
    log.append(List.of(), Map.of(INPUT, "42"), false);

    PageLog again = open(store(directory));

    assertThat(again.position(INPUT)).isEqualTo("42");
    assertThat(again.advance(new Place(1, 2), 10)).isEqualTo(new Place(1, 2));
  }

  @Test
  void aLargePageIsWrittenInBlocksThatAreReadOneByOne() {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      byte[] record = new byte[60_000];
      java.util.Arrays.fill(record, (byte) ('a' + i % 26));
      records.add(record);
    }
    records.add(new byte[SegmentCodec.BLOCK_BYTES * 2]);
    PageLog log = open(store(directory));
    log.append(List.of(new LoggedPage(INPUT, Records.of(records))), Map.of(INPUT, "31"), false);

    PageLog again = open(store(directory));

    List<LogRange> ranges = again.ranges(Place.START, again.end());
    assertThat(ranges).hasSizeGreaterThan(8).allMatch(range -> range.bytes() == null);
    assertThat(log.ranges(Place.START, log.end())).allMatch(range -> range.bytes() != null);
    assertThat(read(again))
        .hasSize(31)
        .isEqualTo(
            records.stream()
                .map(r -> new String(r, java.nio.charset.StandardCharsets.UTF_8))
                .toList());
    assertThat(read(again, new Place(1, 5), new Place(1, 7))).hasSize(2);
  }

  @Test
  void movesWithoutRecordsAreKeptInOneFileThatTheNextSegmentTakesIn() throws Exception {
    PageLog log = open(store(directory));
    append(log, 2);
    log.saveMoves(Map.of("{\"t\":1}", "5"));
    log.saveMoves(Map.of("{\"t\":2}", "6"));

    assertThat(files(directory, "moves")).hasSize(1);
    PageLog again = open(store(directory));
    assertThat(again.position("{\"t\":1}")).isEqualTo("5");
    assertThat(again.position("{\"t\":2}")).isEqualTo("6");
    assertThat(again.end()).isEqualTo(new Place(1, 2));

    again.saveMoves(Map.of("{\"t\":1}", "7"));
    assertThat(files(directory, "moves")).hasSize(1);
    append(again, 1);
    assertThat(files(directory, "moves")).isEmpty();
    PageLog last = open(store(directory));
    assertThat(last.position("{\"t\":1}")).isEqualTo("7");
    assertThat(last.position("{\"t\":2}")).isEqualTo("6");
    assertThat(last.position(INPUT)).isEqualTo("3");
  }

  @Test
  void committedSegmentsAreDeletedAfterASnapshotAndPositionsOfSlowInputsStay() throws Exception {
    PageLog log = open(store(directory), 5);
    log.append(List.of(), Map.of("{\"slow\":1}", "4711"), false);
    for (int i = 0; i < 60; i++) {
      append(log, 2);
      log.release(log.end());
      assertThat(files(directory, "segments")).hasSizeLessThanOrEqualTo(5 + 1 + 10);
      assertThat(files(directory, "snapshots")).hasSizeLessThanOrEqualTo(1);
    }

    PageLog again = open(store(directory), 5);
    assertThat(again.position("{\"slow\":1}")).isEqualTo("4711");
    assertThat(again.position(INPUT)).isEqualTo("120");
    Place fiveBack = new Place(log.end().segment() - 5, 0);
    assertThat(read(again, fiveBack, again.end())).isEqualTo(texts(108, 120));
    assertThat(again.recordsAfter(fiveBack)).isEqualTo(12);
  }

  @Test
  void fewSegmentsGoTooOnceTheyAreLarge() throws Exception {
    PageLog log = open(store(directory), 1);
    String position = "k".repeat(33 * 1024 * 1024);
    for (int i = 0; i < 4; i++) {
      log.append(
          List.of(new LoggedPage(INPUT, LogFixture.numbers(i, 1))), Map.of(INPUT, position), false);
      log.release(log.end());
    }

    assertThat(files(directory, "segments")).hasSize(2);
    assertThat(open(store(directory), 1).position(INPUT)).isEqualTo(position);
  }

  @Test
  void afterAnUnexpectedFailureOfTheStoreNothingMoreIsWritten() throws Exception {
    SteppedStore.Step broken =
        () -> {
          throw new IllegalStateException("The store is broken");
        };
    SteppedStore counting = new SteppedStore(store(directory.resolve("counting")), 0, () -> {});
    open(counting);
    LogStore breaking =
        new SteppedStore(store(directory.resolve("log")), counting.steps() + 1, broken);
    PageLog log = open(breaking);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> append(log, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The store is broken");
    }
    assertThat(files(directory.resolve("log"), "segments")).isEmpty();
  }

  @Test
  void whatIsNotCommittedIsNeverDeleted() {
    PageLog log = open(store(directory), 1);
    for (int i = 0; i < 50; i++) {
      append(log, 1);
      log.release(new Place(1, 1));
    }

    assertThat(read(open(store(directory), 1))).isEqualTo(texts(0, 50));
  }

  @Test
  void aBatchOfSeveralSegmentsIsKeptWhole() {
    PageLog log = open(store(directory), 1);
    for (int batch = 0; batch < 3; batch++) {
      for (int part = 0; part < 20; part++) {
        int from = Integer.parseInt(log.position(INPUT));
        log.append(
            List.of(new LoggedPage(INPUT, LogFixture.numbers(from, 1))),
            Map.of(INPUT, Integer.toString(from + 1)),
            part > 0);
      }
      log.release(log.end());
    }

    assertThat(read(log, new Place(21, 0), log.end())).isEqualTo(texts(20, 60));
    assertThatThrownBy(() -> read(log, new Place(20, 0), log.end()))
        .isInstanceOf(PageLogException.class);
  }

  @Test
  void aRollBackBeyondWhatIsKeptNamesTheSegmentsThatAreGone() {
    PageLog log = open(store(directory), 5);
    for (int i = 0; i < 20; i++) {
      append(log, 1);
      log.release(log.end());
    }
    long first = log.ranges(log.advance(new Place(20, 0), 0), log.end()).size();
    assertThat(first).isEqualTo(1);

    for (Place place : List.of(Place.START, new Place(3, 1))) {
      assertThatThrownBy(() -> log.require(log.id(), place))
          .isInstanceOf(PageLogException.class)
          .hasMessage(
              "The checkpoint goes back to %s, but segments 1 to 10 of the page log %s are gone:"
                      .formatted(place, store(directory).path("segments"))
                  + " with 'pageLogRetainBatches' = 5 no more than that many batches are kept. Go"
                  + " back less far, or start with a new checkpoint.");
    }
  }

  @Test
  void aPlaceBeyondTheEndOrOfAnotherLogIsRefused() {
    PageLog log = open(store(directory));
    append(log, 2);

    for (Place place : List.of(new Place(2, 0), new Place(1, 3))) {
      assertThatThrownBy(() -> log.require(log.id(), place))
          .isInstanceOf(PageLogException.class)
          .hasMessage(
              "The checkpoint goes up to %s, but the page log %s ends with segment 1, record 2:"
                      .formatted(place, store(directory).path("segments"))
                  + " newer segments were deleted or cut off. Restore them from a copy, or start"
                  + " with a new checkpoint.");
    }
    assertThatThrownBy(() -> log.require("another", Place.START))
        .isInstanceOf(PageLogException.class)
        .hasMessage(
            "The checkpoint belongs to the page log with the id another, but %s holds the log %s,"
                    .formatted(store(directory).path("segments"), log.id())
                + " created at 2026-01-01T00:00:00Z: the log was deleted or replaced. Restore it"
                + " from a copy, or start with a new checkpoint.");
  }
}
