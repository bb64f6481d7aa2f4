package io.reststream.core;

import static io.reststream.core.ScriptedStream.page;
import static io.reststream.core.ScriptedStream.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules that simulated lives have shown to be needed, each as short as it can be told. */
class PageRulesTest {
  private static final String[] PAGED_BY_V = {
    "offsetType", "max_field", "offsetField", "v",
    "pagination", "nextUrl", "nextField", "next"
  };

  private static ScriptedStream paged(String... more) {
    return new ScriptedStream(with(PAGED_BY_V, more));
  }

  private static ScriptedStream cursor(String... more) {
    return new ScriptedStream(
        with(new String[] {"offsetType", "cursor", "offsetField", "next"}, more));
  }

  private static String[] with(String[] options, String... more) {
    return java.util.stream.Stream.of(options, more)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }

  @Test
  void aKeyThatComesTwiceOnAPageIsOneRecord() {
    ScriptedStream stream =
        new ScriptedStream("offsetType", "max_field", "offsetField", "v", "keyField", "id");
    assertThat(stream.poll(page(null, record(1, 1), record(2, 2), record(2, 2))))
        .containsExactly(record(1, 1), record(2, 2));
    assertThat(stream.poll(page(null, record(2, 2), record(3, 3), record(3, 3))))
        .containsExactly(record(3, 3));
  }

  @Test
  void pagesInACircleAreAnError() {
    ScriptedStream stream = paged();
    stream.poll("{\"next\":\"/a\",\"data\":[%s]}".formatted(record(1, 1)));
    stream.poll("{\"next\":\"/b\",\"data\":[%s]}".formatted(record(2, 1)));

    assertThatThrownBy(() -> stream.poll("{\"next\":\"/a\",\"data\":[]}"))
        .hasMessageContaining(
            "leads to a page that came before: the API pages in a circle, and the cycle would never end");
  }

  @Test
  void aFieldThatIsBothTheOffsetAndTheNextPageLeadsOnFromWhereItEnded() {
    ScriptedStream stream =
        cursor("pagination", "nextUrl", "nextField", "next", "url", "http://h/feed");
    stream.poll(page("/feed?p=2", record(1, 1)));
    stream.poll(page(null, record(2, 1)));

    assertThat(stream.poll(page(null, record(2, 1), record(3, 1)))).containsExactly(record(3, 1));
    assertThat(stream.query()).isEqualTo("p=2");
  }

  @Test
  void aTailPageThatComesAgainInSmallerPiecesIsRecognised() {
    ScriptedStream stream = cursor();
    stream.poll(page(null, record(1, 1), record(2, 1), record(3, 1)));

    assertThat(stream.poll(page("b", record(1, 1), record(2, 1)))).isEmpty();
    assertThat(stream.poll(page(null, record(3, 1), record(4, 1)))).containsExactly(record(4, 1));
  }

  @Test
  void aCursorThatMovesOverAnEmptyPageForgetsNothing() {
    ScriptedStream stream = cursor();
    stream.poll(page(null, record(1, 1)));
    stream.poll(page("b"));

    assertThat(stream.poll(page(null, record(1, 1), record(2, 1)))).containsExactly(record(2, 1));
  }

  @Test
  void whatFollowsTheLastCursorOfACycleIsRecognised() {
    ScriptedStream stream =
        cursor("pagination", "cursor", "nextField", "token", "url", "http://h/{?offset,token}");
    stream.poll("{\"next\":\"c1\",\"token\":\"t\",\"data\":[%s]}".formatted(record(1, 1)));
    stream.poll("{\"token\":null,\"data\":[%s]}".formatted(record(2, 1)));

    assertThat(stream.poll("{\"token\":null,\"data\":[%s]}".formatted(record(2, 1)))).isEmpty();
    assertThat(stream.query()).isEqualTo("offset=c1");
  }

  @Test
  void whatCameBeforeTheLastCursorOfACycleDoesNotComeAgainSoThatOneLikeItIsNew() {
    ScriptedStream stream =
        cursor("pagination", "cursor", "nextField", "token", "url", "http://h/{?offset,token}");
    String twin = record(1, 1);
    stream.poll("{\"token\":\"t\",\"data\":[%s]}".formatted(record(0, 1)));
    stream.poll("{\"next\":\"c1\",\"token\":\"u\",\"data\":[%s]}".formatted(twin));
    stream.poll("{\"token\":null,\"data\":[%s,%s]}".formatted(twin, record(2, 1)));

    String tail = "{\"token\":null,\"data\":[%s,%s,%s,%s]}";
    assertThat(stream.poll(tail.formatted(twin, record(2, 1), twin, record(0, 1))))
        .containsExactly(twin, record(0, 1));
    assertThat(stream.query()).isEqualTo("offset=c1");
    assertThat(stream.poll(tail.formatted(twin, record(2, 1), twin, record(0, 1)))).isEmpty();
  }

  @Test
  void aCycleThatBeginsAgainTellsWhatCameBeforeTheLastCursor() {
    ScriptedStream stream =
        cursor("pagination", "cursor", "nextField", "token", "url", "http://h/{?offset,token}");
    String first = "{\"next\":\"c1\",\"token\":\"t\",\"data\":[%s]}".formatted(record(1, 1));
    String second = "{\"token\":\"u\",\"data\":[%s]}".formatted(record(2, 1));
    stream.poll(first);
    stream.poll(second);
    stream.answers(410, "").answers(first).answers(second).poll();
    stream.poll("{\"token\":null,\"data\":[%s]}".formatted(record(3, 1)));

    String tail = "{\"token\":null,\"data\":[%s,%s,%s]}";
    assertThat(stream.poll(tail.formatted(record(2, 1), record(3, 1), record(1, 1))))
        .containsExactly(record(1, 1));
    assertThat(stream.delivered()).hasSize(4);
  }

  @Test
  void aLongCycleThatEndsWithACursorNeedsNoKeys() {
    ScriptedStream stream =
        cursor(
            "pagination",
            "cursor",
            "nextField",
            "token",
            "url",
            "http://h/{?offset,token}",
            "maxKeys",
            "2");
    for (int i = 0; i < 5; i++) {
      stream.poll("{\"token\":\"t%d\",\"data\":[%s]}".formatted(i, record(i, 1)));
    }
    stream.poll("{\"next\":\"c\",\"data\":[%s]}".formatted(record(5, 1)));

    assertThat(stream.delivered()).hasSize(6);
    assertThat(stream.position().betweenCycles()).isTrue();
  }

  @Test
  void aLongCycleThatEndsWithoutACursorIsAnError() {
    ScriptedStream stream =
        cursor(
            "pagination",
            "cursor",
            "nextField",
            "token",
            "url",
            "http://h/{?offset,token}",
            "maxKeys",
            "1");
    stream.poll("{\"token\":\"t1\",\"data\":[%s]}".formatted(record(1, 1)));
    stream.poll("{\"token\":\"t2\",\"data\":[%s]}".formatted(record(2, 1)));

    assertThatThrownBy(() -> stream.poll("{\"next\":null,\"data\":[%s]}".formatted(record(3, 1))))
        .isInstanceOf(ResponseException.class)
        .hasMessageContaining(
            "has no cursor at the end of a cycle of more records than 'maxKeys' (1), which will"
                + " come again; raise 'maxKeys'");
  }

  @Test
  void aPageThatBeginsWithTheRecordAtWhichTheLastOneEndedIsRecognised() {
    ScriptedStream stream =
        paged("offsetType", "incremental", "keyField", "id", "order", "ascending");
    stream.poll(page("/p2", record(1, 1), record(2, 2)));

    assertThat(stream.poll(page(null, record(2, 2), record(3, 3)))).containsExactly(record(3, 3));
    stream.poll(page(null, new String[0]));
    assertThat(stream.query()).isEqualTo("since=4");
  }

  @Test
  void newRecordsThatShiftIntoALaterPageAreNoContradictionOfDescending() {
    ScriptedStream stream = paged("keyField", "id", "order", "descending");
    stream.poll(page("/p2", record(4, 4), record(3, 3)));

    assertThat(stream.poll(page("/p3", record(6, 6), record(5, 5)))).hasSize(2);
    assertThatThrownBy(() -> stream.poll(page(null, record(2, 2), record(33, 3))))
        .hasMessageContaining("but the option 'order' is declared as 'descending'");
  }

  @Test
  void aTimestampOfTheResponseDoesNotGoBackBehindTheInitialOffset() {
    ScriptedStream stream = new ScriptedStream("offsetField", "now", "initialOffset", "100");
    stream.poll("{\"now\":90,\"data\":[]}");
    stream.poll("{\"now\":95,\"data\":[]}");

    assertThat(stream.query()).isEqualTo("since=100");
  }

  @Test
  void anExclusiveApiIsAskedFromBelowTheMarkAlsoWhenTheFirstPageIsOneTie() {
    ScriptedStream stream = paged("offsetBoundary", "exclusive", "order", "none");
    stream.poll(page("/p2", record(1, 9), record(2, 9)));
    stream.poll(page(null, record(3, 9), record(4, 7), record(5, 8)));
    stream.poll(page(null, new String[0]));

    assertThat(stream.query()).isEqualTo("since=8");
  }

  @Test
  void theSameInstantInOtherWordsDoesNotLeadOn() {
    ScriptedStream stream = new ScriptedStream("offsetType", "max_field", "offsetField", "v");
    stream.poll(page(List.of(record(1, "\"2024-01-01T00:00:00Z\""))));
    stream.poll(
        page(
            List.of(
                record(2, "\"2024-01-01T01:00:00+01:00\""),
                record(1, "\"2024-01-01T00:00:00Z\""))));

    assertThat(stream.goesOnAtOnce()).isFalse();
  }

  @Test
  void recordsThatShareOneValueAreNotTakenForAscending() {
    ScriptedStream stream = paged();
    String[] ties = IntStream.range(0, 20).mapToObj(id -> record(id, 9)).toArray(String[]::new);
    stream.poll(page("/p2", ties));

    assertThat(stream.poll(page(null, record(20, 8)))).containsExactly(record(20, 8));
  }

  @Test
  void twoEqualRecordsStayTwoWhenThereAreTooManyKeysToKeep() {
    ScriptedStream stream = paged("order", "none", "maxKeys", "4");
    stream.poll(page(null, record(1, 5), record(1, 5)));
    stream.poll(page("/p2", record(1, 5), record(2, 9), record(3, 6), record(4, 6)));

    assertThat(stream.poll(page("/p3", record(5, 6), record(1, 5)))).containsExactly(record(5, 6));
  }
}
