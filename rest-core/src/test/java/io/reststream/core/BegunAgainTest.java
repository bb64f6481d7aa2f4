package io.reststream.core;

import static io.reststream.core.ScriptedStream.page;
import static io.reststream.core.ScriptedStream.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.testkit.ManualClock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cycles that begin again in their middle: a token is refused, an offset has expired. */
@Timeout(60)
class BegunAgainTest {

  private static ScriptedStream paged(String... more) {
    return stream(
        new String[] {"offsetType", "max_field", "offsetField", "v", "pagination", "nextUrl"},
        more);
  }

  private static ScriptedStream stream(String[] options, String... more) {
    return new ScriptedStream(
        Stream.of(options, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private static String[] records(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> record(i, i)).toArray(String[]::new);
  }

  @Test
  void aNewestFirstCycleOfMoreRecordsThanKeysKnowsByTheirValuesWhatItDelivered() {
    ScriptedStream stream = paged("order", "descending", "maxKeys", "4");
    stream.poll(page("/feed?p=2", record(9, 9), record(8, 8), record(7, 7)));
    stream.poll(page("/feed?p=3", record(6, 6), record(5, 5), record(4, 5)));
    stream.answers(410, "too old").poll();
    assertThat(
            stream.poll(
                page("/feed?p=4", record(10, 10), record(9, 9), record(8, 8), record(7, 7))))
        .containsExactly(record(10, 10));
    assertThat(
            stream.poll(
                page(null, record(6, 6), record(5, 5), record(4, 5), record(3, 5), record(2, 1))))
        .containsExactly(record(3, 5), record(2, 1));
    assertThat(stream.poll(page(null, record(11, 11), record(10, 10), record(9, 9))))
        .containsExactly(record(11, 11));
  }

  @Test
  void aCycleThatNoLongerKnowsWhatItDeliveredSaysWhatHelps() {
    ScriptedStream stream = paged();
    stream.poll(page(null, record(1, 1)));
    stream.poll(page("/feed?p=2", records(2, 2_100)));
    stream.restartWith(Map.of("acceptChanges", "order", "order", "none"));
    assertThatThrownBy(() -> stream.answers(410, "too old").poll())
        .isInstanceOf(ResponseException.class)
        .hasMessage(
            "The answer of GET http://api.test/feed?p=2 refused the page token, but the cycle no longer knows all that it delivered, so that to begin it again would repeat records. Only a new stream with 'initialOffset'='1' can read it, from its start; later cycles are helped by a larger 'maxKeys' (now 100000).");
  }

  @Test
  void anInferredOrderThatACycleReliesOnIsSaidWhereItBeginsAgain() {
    ScriptedStream stream = paged();
    stream.poll(page("/feed?p=2", records(1, 2_100)));
    stream.answers(410, "too old").poll();
    assertThat(stream.warnings())
        .containsExactly(
            "GET http://api.test/feed?p=2 was answered with status 410: the page token was refused, the cycle begins again at '2100', which its records had come to in ascending order; set 'order' to 'none' if that was by chance, since what lies below is not read");
    stream.poll(page("/feed?p=3", record(2_100, 2_100), record(2_101, 2_101)));
    assertThatThrownBy(() -> stream.poll(page(null, record(7, 2_100))))
        .hasMessageContaining(
            "was taken for 'ascending' after 2101 records; set it to 'none' if they have none (this cycle no longer knows its first records, which may come again)");
  }

  @Test
  void tokensThatAlwaysEndBeforeWhatIsNewNameTheOrderThatHelps() {
    ScriptedStream stream = paged();
    stream.poll(page("/feed?p=2", records(1, 20)));
    for (int refusal = 0; refusal < 3; refusal++) {
      stream.answers(400, "too deep").poll();
      stream.poll(page("/feed?p=2", records(1, 20)));
    }
    assertThatThrownBy(() -> stream.answers(400, "too deep").poll())
        .hasMessage(
            "GET http://api.test/feed?p=2 was answered with status 400: the page token was refused 4 times without a new record between; if the records ascend, set 'order' to 'ascending', and cycles go on where they came to: too deep");
    stream.restartWith(Map.of("acceptChanges", "order", "order", "ascending"));
    stream.answers(400, "too deep").poll();
    assertThat(stream.poll(page(null, records(20, 22))))
        .containsExactly(record(21, 21), record(22, 22));
    assertThat(stream.query()).isEqualTo("since=20");
  }

  @Test
  void aReadThatKeepsNoOffsetShowsTheAnswer() {
    RestConfig config =
        RestConfig.parse(
            Map.of("url", "http://api.test/feed", "pagination", "nextUrl", "nextField", "next"),
            ReadMode.BATCH);
    ScriptedStream answers = new ScriptedStream("offsetType", "max_field", "offsetField", "v");
    try (RestPoller poller = new RestPoller(config, answers, new ManualClock())) {
      answers.answers(page("/feed?p=2", record(1, 1)));
      Page first = (Page) poller.poll(Input.EMPTY, poller.start()).join();
      answers.answers(404, "no such page");
      assertThatThrownBy(() -> poller.poll(Input.EMPTY, first.next()).join())
          .cause()
          .isInstanceOf(RequestException.class)
          .hasMessage(
              "GET http://api.test/feed?p=2 was answered with status 404: the page token was refused and a read without 'offsetField' cannot begin its cycle again: no such page");
    }
  }

  @Test
  void anExpiredOffsetBeginsTheCycleThatIsRunningAndEndsNoBoundedRead() {
    ScriptedStream stream =
        stream(
            new String[] {"offsetType", "cursor", "offsetField", "next"},
            "statusActions",
            "410:reset");
    stream.poll(page("c1", record(1, 1)));
    assertThat(stream.position().betweenCycles()).isFalse();
    stream.answers(410, "expired").poll();
    assertThat(stream.position().betweenCycles()).isFalse();
    stream.poll(page("c2", record(5, 5)));
    assertThat(stream.query()).isEqualTo("since=0");
    stream.poll(page("c2"));
    assertThat(stream.position().betweenCycles()).isTrue();
    assertThat(stream.delivered()).containsExactly(record(1, 1), record(5, 5));
  }

  @Test
  void aTokenOfAnotherPaginationIsNotUsedButItsCycleBeginsAgain() {
    ScriptedStream stream = paged("order", "none");
    stream.poll(page("/feed?p=2", record(9, 9), record(8, 8)));
    stream.restartWith(
        Map.of(
            "acceptChanges", "pagination,url",
            "url", "http://api.test/feed?since={offset}&page={page}",
            "pagination", "pageNumber"));
    assertThat(stream.poll(page(null, record(9, 9), record(8, 8), record(7, 7))))
        .containsExactly(record(7, 7));
    assertThat(stream.query()).isEqualTo("since=0&page=1");
  }

  @Test
  void aWindowThatBeginsAgainCountsItsRecordsAnew() {
    ScriptedStream stream =
        new ScriptedStream(
            "url",
            "http://api.test/feed?from={windowStart}&to={windowEnd}",
            "initialOffset",
            Instant.EPOCH.toString(),
            "windowSize",
            "1h",
            "windowCap",
            "5",
            "pagination",
            "nextUrl",
            "nextField",
            "next");
    stream.poll(page("/feed?p=2", record(1, 1), record(2, 2), record(3, 3)));
    stream.answers(410, "too old").poll();
    stream.poll(page("/feed?p=3", record(1, 1), record(2, 2), record(3, 3)));
    assertThat(stream.poll(page(null, record(4, 4)))).containsExactly(record(4, 4));
    assertThat(stream.delivered()).hasSize(4);
  }
}
