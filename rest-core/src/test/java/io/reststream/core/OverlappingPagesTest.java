package io.reststream.core;

import static io.reststream.core.ScriptedStream.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages that send again what the one before them held; each was found by a simulated life. */
class OverlappingPagesTest {

  private static ScriptedStream stream(String... more) {
    String[] options = {
      "url",
      "http://api.test/feed?since={offset}&at={pageToken}",
      "offsetType",
      "max_field",
      "offsetField",
      "v"
    };
    return new ScriptedStream(Stream.of(options, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private static String page(int total, String... records) {
    return "{\"total\":%d,\"data\":[%s]}".formatted(total, String.join(",", records));
  }

  /** Its seed was 14325: the records of overlapping pages are more than there are. */
  @Test
  void theTotalIsReachedByCountingNotByRecordsThatCameTwice() {
    ScriptedStream stream =
        stream(
            "pagination", "offsetLimit", "pageStep", "1", "firstPage", "1", "totalField", "total");
    stream.poll(page(4, record(4, 4), record(3, 3)));
    stream.poll(page(4, record(3, 3), record(2, 2)));
    assertThat(stream.position().betweenCycles()).isFalse();
    assertThat(stream.poll(page(4, record(2, 2), record(1, 1)))).containsExactly(record(1, 1));
    assertThat(stream.query()).isEqualTo("since=0&at=3");
    assertThat(stream.position().betweenCycles()).isTrue();
  }

  /** Its seed was 131395: what overlaps must not make up for what was passed over. */
  @Test
  void aShortPageThatGrewIsReadAgainByTheNextCycle() {
    ScriptedStream stream =
        stream("pagination", "offsetLimit", "pageStep", "2", "order", "ascending");
    stream.poll(page(1, record(1, 1)));
    stream.poll(page(5, record(3, 3), record(4, 4), record(5, 5)));
    stream.poll(page(5, record(5, 5)));
    stream.poll(page(5));
    assertThat(stream.poll(page(5, record(1, 1), record(2, 2), record(3, 3))))
        .containsExactly(record(2, 2));
    assertThat(stream.query()).isEqualTo("since=1&at=0");
  }

  /** Its seed was 11009. */
  @Test
  void anAscendingPageMayBeginWithinTheOneBeforeIt() {
    ScriptedStream stream =
        stream("pagination", "offsetLimit", "pageStep", "1", "order", "ascending");
    stream.poll(page(5, record(1, 3), record(2, 3), record(3, 4)));
    assertThat(stream.poll(page(5, record(2, 3), record(3, 4), record(4, 4))))
        .containsExactly(record(4, 4));
    assertThat(stream.poll(page(5, record(3, 4), record(4, 4), record(5, 6))))
        .containsExactly(record(5, 6));
    assertThat(stream.delivered()).hasSize(5);
  }

  /** Its seed was 10771: the cycle has more records than keys, and ends a page with a known one. */
  @Test
  void aKnownRecordThatTheNextPageBeginsWithIsRecognised() {
    ScriptedStream stream =
        stream("pagination", "lastRecord", "nextField", "id", "order", "none", "maxKeys", "3");
    stream.poll(ScriptedStream.page(List.of(record(1, 1))));
    stream.poll(ScriptedStream.page(List.of()));
    stream.poll(ScriptedStream.page(List.of(record(2, 9), record(3, 8))));
    stream.poll(ScriptedStream.page(List.of(record(3, 8), record(5, 7), record(1, 1))));
    assertThat(stream.poll(ScriptedStream.page(List.of(record(1, 1), record(4, 5)))))
        .containsExactly(record(4, 5));
    assertThat(stream.delivered()).hasSize(5);
  }
}
