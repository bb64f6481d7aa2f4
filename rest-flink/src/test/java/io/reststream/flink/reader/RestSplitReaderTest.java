package io.reststream.flink.reader;

import static io.reststream.flink.reader.FakeTransport.ids;
import static io.reststream.flink.reader.FakeTransport.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.Input;
import io.reststream.core.PageInfo;
import io.reststream.core.Position;
import io.reststream.core.PositionException;
import io.reststream.core.ReadMode;
import io.reststream.core.Records;
import io.reststream.core.RequestException;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.core.config.RestOptions;
import io.reststream.flink.LoggedWarnings;
import io.reststream.flink.split.PageRest;
import io.reststream.flink.split.RestSplit;
import io.reststream.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RestSplitReaderTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final FakeTransport transport = new FakeTransport();
  private final ManualClock clock = new ManualClock();
  private final MetricListener metrics = new MetricListener();
  private final Map<String, String> options = new TreeMap<>();
  private ReadMode mode = ReadMode.STREAM;
  private Gate gate = new Gate();
  private RowLimit limit = new RowLimit(Long.MAX_VALUE);
  private RestPoller poller;
  private RestSplitReader reader;

  RestSplitReaderTest() {
    options.put("url", "https://api.example.com/{n}?from={id}");
    options.put("offsetType", "incremental");
    options.put("offsetField", "id");
    options.put("pageSize", "1000000");
    options.put("inputData", "[{\"n\":0}]");
    gate.open(Gate.USUAL);
  }

  private RestSplitReader open() {
    RestConfig config = RestConfig.parse(options, mode);
    poller = new RestPoller(config, transport, clock);
    reader =
        new RestSplitReader(
            poller,
            gate,
            new Stops(),
            config.value(RestOptions.BATCH_SIZE),
            mode == ReadMode.BATCH,
            limit,
            new RestReaderMetrics(
                InternalSourceReaderMetricGroup.mock(metrics.getMetricGroup()), poller));
    return reader;
  }

  @AfterEach
  void close() {
    reader.close();
  }

  private static Input input(int n) {
    return Input.parse("{\"n\":%d}".formatted(n));
  }

  private static List<RestSplit> fresh(int count) {
    return IntStream.range(0, count).mapToObj(n -> RestSplit.fresh(input(n))).toList();
  }

  private RestSplitReader openWith(List<RestSplit> splits) {
    open().handleSplitsChanges(new SplitsAddition<>(splits));
    return reader;
  }

  /** What one fetch hands over. */
  private record Fetched(
      String split, List<String> records, Position position, Set<String> finished) {}

  private Fetched fetch() throws IOException {
    PageSlice slice = reader.fetch();
    String split = slice.nextSplit();
    List<String> records = new ArrayList<>();
    Position position = null;
    for (PageCursor at = slice.nextRecordFromSplit();
        at != null;
        at = slice.nextRecordFromSplit()) {
      position = at.position();
      if (at.atRecord()) {
        records.add(at.records().text(at.index()));
      }
    }
    assertThat(slice.nextSplit()).isNull();
    return new Fetched(split, records, position, slice.finishedSplits());
  }

  private static PageRest rest(int from, String... records) {
    return new PageRest(
        Records.of(List.of(records).stream().map(r -> r.getBytes(StandardCharsets.UTF_8)).toList()),
        from,
        new PageInfo("https://api.example.com/0?from=0", 200, ManualClock.EPOCH, 0, 1, 0, null));
  }

  private long gauge(String... name) {
    return metrics.<Long>getGauge(name).orElseThrow().getValue();
  }

  @Test
  void handsOverAPageWithThePositionThatFollowsIt() throws IOException {
    transport.answering(uri -> ids(7, 3));
    openWith(fresh(1));

    Fetched fetched = fetch();

    assertThat(transport.asked()).containsExactly("https://api.example.com/0?from=0");
    assertThat(fetched.split()).isEqualTo("{\"n\":0}");
    assertThat(fetched.records()).isEqualTo(texts(7, 3));
    assertThat(fetched.position().betweenCycles()).isTrue();
    assertThat(fetched.finished()).isEmpty();
  }

  @Test
  void handsALargePageOverInBatchesAndCutsNothingOff() throws IOException {
    options.put("batchSize", "4");
    transport.answering(uri -> ids(0, 10));
    openWith(fresh(1));

    assertThat(fetch().records()).isEqualTo(texts(0, 4));
    assertThat(fetch().records()).isEqualTo(texts(4, 4));
    assertThat(fetch().records()).isEqualTo(texts(8, 2));
    assertThat(transport.asked()).hasSize(1);
  }

  @Test
  void anEmptyPageThatMovesThePositionIsHandedOverToo() throws IOException {
    transport.answering(uri -> "[]");
    openWith(fresh(1));

    Fetched fetched = fetch();

    assertThat(fetched.records()).isEmpty();
    assertThat(fetched.position()).isNotNull();
  }

  @Test
  void asksAgainOnlyWhenTheIntervalIsOver() throws Exception {
    transport.answering(uri -> uri.getQuery().equals("from=0") ? ids(1, 2) : ids(3, 1));
    openWith(fresh(1));
    assertThat(fetch().records()).isEqualTo(texts(1, 2));

    clock.advance(INTERVAL.minusMillis(1));
    reader.wakeUp();
    assertThat(fetch().split()).isNull();
    assertThat(transport.asked()).hasSize(1);

    clock.advance(Duration.ofMillis(1));
    assertThat(fetch().records()).isEqualTo(texts(3, 1));
    assertThat(transport.asked()).hasSize(2);
  }

  @Test
  void aWakeUpBetweenTwoFetchesIsNotForgotten() throws IOException {
    openWith(fresh(1));
    reader.wakeUp();

    assertThat(fetch()).isEqualTo(new Fetched(null, List.of(), null, Set.of()));
  }

  @Test
  void aWakeUpEndsAFetchThatWaitsForTheApi() throws Exception {
    openWith(fresh(1));
    CompletableFuture<Fetched> fetching = fetchInBackground();
    var unused = transport.await(0);

    reader.wakeUp();

    assertThat(fetching.join().split()).isNull();
  }

  private CompletableFuture<Fetched> fetchInBackground() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return fetch();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  @Test
  void anAnswerEndsTheFetchThatWaitsForIt() throws Exception {
    openWith(fresh(2));
    CompletableFuture<Fetched> fetching = fetchInBackground();

    transport.await(1).answer(ids(5, 1));

    assertThat(fetching.join().split()).isEqualTo("{\"n\":1}");
  }

  @Test
  void hasAFewRequestsInFlightAndTheNextOneAsSoonAsOneIsAnswered() throws Exception {
    openWith(fresh(50));
    reader.wakeUp();
    assertThat(fetch().split()).isNull();
    assertThat(transport.asked()).hasSize(Gate.USUAL);

    transport.await(3).answer(ids(0, 1));
    assertThat(fetch().split()).isEqualTo("{\"n\":3}");
    reader.wakeUp();
    assertThat(fetch().split()).isNull();

    assertThat(transport.asked()).hasSize(Gate.USUAL + 1);
  }

  @Test
  void hasAsManyRequestsInFlightAsTheGateLetsThrough() throws Exception {
    openWith(fresh(50));
    gate.open(20);
    reader.wakeUp();
    assertThat(fetch().split()).isNull();

    assertThat(transport.asked()).hasSize(20);
  }

  @Test
  void pagesThatWaitToBeHandedOverHoldBackFurtherRequests() throws Exception {
    options.put("batchSize", "1");
    transport.answering(uri -> ids(0, 100));
    openWith(fresh(50));

    for (int i = 0; i < 20; i++) {
      assertThat(fetch().records()).hasSize(1);
    }

    assertThat(transport.asked()).hasSize(Gate.USUAL);
  }

  @Test
  void splitsWithPagesTakeTurns() throws IOException {
    options.put("batchSize", "1");
    transport.answering(uri -> ids(0, 2));
    openWith(fresh(3));

    List<String> splits = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      splits.add(fetch().split());
    }

    assertThat(splits.subList(0, 3)).doesNotHaveDuplicates();
    assertThat(splits.subList(3, 6)).isEqualTo(splits.subList(0, 3));
  }

  @Test
  void carriesThousandsOfSplitsEachAskedOncePerInterval() throws IOException {
    int count = 5_000;
    transport.answering(uri -> "[]");
    openWith(fresh(count));
    for (int round = 0; round < 2; round++) {
      Map<String, Integer> asked = new HashMap<>();
      for (int i = 0; i < count; i++) {
        asked.merge(fetch().split(), 1, Integer::sum);
      }
      assertThat(asked).hasSize(count).doesNotContainKey(null);
      clock.advance(INTERVAL);
    }
    assertThat(transport.asked()).hasSize(2 * count);
  }

  @Test
  void handsOverWhatACheckpointHeldBeforeItAsksTheApi() throws IOException {
    openWith(fresh(1));
    Position position = positionAfter(ids(1, 3));
    transport.answering(uri -> ids(4, 1));
    openWith(
        List.of(
            new RestSplit(input(0), position, rest(1, texts(1, 3).toArray(new String[0])), false)));

    Fetched rest = fetch();
    assertThat(rest.records()).isEqualTo(texts(2, 2));
    assertThat(rest.position()).isEqualTo(position);

    clock.advance(INTERVAL);
    assertThat(fetch().records()).isEqualTo(texts(4, 1));
    assertThat(transport.asked()).endsWith("https://api.example.com/0?from=4");
  }

  private Position positionAfter(String answer) throws IOException {
    transport.answering(uri -> answer);
    Position position = fetch().position();
    reader.close();
    return position;
  }

  @Test
  void goesOnFromThePositionOfACheckpoint() throws IOException {
    openWith(fresh(1));
    Position position = positionAfter(ids(1, 3));
    transport.answering(uri -> ids(4, 2));
    clock.advance(INTERVAL);
    openWith(List.of(new RestSplit(input(0), position, null, false)));

    assertThat(fetch().records()).isEqualTo(texts(4, 2));
    assertThat(transport.asked()).endsWith("https://api.example.com/0?from=4");
  }

  @Test
  void refusesAPositionOfOtherOptions() throws IOException {
    openWith(fresh(1));
    Position position = positionAfter(ids(1, 3));
    options.put("url", "https://api.example.com/other/{n}?from={id}");

    assertThatThrownBy(() -> openWith(List.of(new RestSplit(input(0), position, null, false))))
        .isInstanceOf(PositionException.class)
        .hasMessageContaining("url");
  }

  @Test
  void aBoundedSplitFinishesWithTheLastPageOfItsCycle() throws IOException {
    mode = ReadMode.BATCH;
    options.put("batchSize", "2");
    transport.answering(uri -> ids(0, 3));
    openWith(fresh(1));

    assertThat(fetch().finished()).isEmpty();
    Fetched end = fetch();
    assertThat(end.records()).isEqualTo(texts(2, 1));
    assertThat(end.finished()).containsExactly("{\"n\":0}");
    assertThat(transport.asked()).hasSize(1);
  }

  @Test
  void aBoundedSplitThatWasFinishedIsNotReadAgain() throws IOException {
    openWith(fresh(1));
    Position position = positionAfter(ids(1, 3));
    mode = ReadMode.BATCH;
    openWith(List.of(new RestSplit(input(0), position, null, true)));

    assertThat(fetch()).isEqualTo(new Fetched(null, List.of(), null, Set.of("{\"n\":0}")));
    assertThat(transport.asked()).hasSize(1);
  }

  @Test
  void aBoundedSplitInItsLastPageFinishesWithTheRestOfIt() throws IOException {
    openWith(fresh(1));
    Position position = positionAfter(ids(1, 3));
    mode = ReadMode.BATCH;
    openWith(List.of(new RestSplit(input(0), position, rest(1, "{\"id\":1}", "{\"id\":2}"), true)));

    Fetched end = fetch();
    assertThat(end.records()).isEqualTo(texts(2, 1));
    assertThat(end.finished()).containsExactly("{\"n\":0}");
    assertThat(transport.asked()).hasSize(1);
  }

  @Test
  void failsWithWhatTheCoreSays() throws Exception {
    openWith(fresh(1));
    reader.wakeUp();
    assertThat(fetch().split()).isNull();
    transport.await(0).future().complete(FakeTransport.response(404, "no such thing"));

    assertThatThrownBy(reader::fetch)
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "GET https://api.example.com/0?from=0 was answered with status 404: no such thing");
    assertThat(gauge("rest", "errors")).isEqualTo(1);
  }

  @Test
  void logsWhatTheCoreWarnsAbout() throws IOException {
    options.remove("pageSize");
    options.put("offsetType", "cursor");
    options.put("offsetField", "next");
    options.put("url", "https://api.example.com/{n}?cursor={next}");
    transport.answering(uri -> "{\"data\":[{\"id\":1}],\"nxt\":\"a\"}");
    try (LoggedWarnings logged = new LoggedWarnings(RestSplitReader.class)) {
      openWith(fresh(1));

      assertThat(fetch().records()).containsExactly("{\"id\":1}");

      assertThat(logged.messages())
          .singleElement()
          .asString()
          .contains("'next' (option 'offsetField')", "nxt");
    }
  }

  @Test
  void asksNothingUntilTheGateOpensWhichEndsTheFetch() throws Exception {
    gate = new Gate();
    transport.answering(uri -> ids(1, 1));
    openWith(fresh(2));
    CompletableFuture<Fetched> fetching = fetchInBackground();
    assertThat(transport.asked()).isEmpty();

    gate.open(Gate.USUAL);

    assertThat(fetching.join().split()).isNull();
    assertThat(fetch().records()).isEqualTo(texts(1, 1));
  }

  @Test
  void aPauseHoldsUpAllSplitsForHours() throws Exception {
    transport.answering(uri -> ids(1, 1));
    openWith(fresh(2));
    poller.pauseUntil(clock.instant().plusSeconds(7200));

    clock.advance(Duration.ofSeconds(7199));
    reader.wakeUp();
    assertThat(fetch().split()).isNull();
    assertThat(transport.asked()).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    assertThat(fetch().records()).isEqualTo(texts(1, 1));
    assertThat(transport.asked()).hasSize(2);
  }

  @Test
  void aPausedSplitIsNeitherAskedNorHandedOverUntilItResumes() throws IOException {
    options.put("batchSize", "1");
    transport.answering(uri -> ids(0, 2));
    openWith(fresh(2));
    RestSplit paused = fresh(2).get(0);
    assertThat(fetch().split()).isEqualTo("{\"n\":0}");

    reader.pauseOrResumeSplits(List.of(paused), List.of());
    assertThat(fetch().split()).isEqualTo("{\"n\":1}");
    assertThat(fetch().split()).isEqualTo("{\"n\":1}");
    reader.wakeUp();
    assertThat(fetch().split()).isNull();
    clock.advance(INTERVAL);
    assertThat(fetch().split()).isEqualTo("{\"n\":1}");

    reader.pauseOrResumeSplits(List.of(), List.of(paused));
    assertThat(fetch())
        .extracting(Fetched::split, Fetched::records)
        .containsExactly("{\"n\":0}", texts(1, 1));
  }

  @Test
  void anAnswerForAPausedSplitWaitsUntilItResumes() throws Exception {
    openWith(fresh(1));
    reader.wakeUp();
    assertThat(fetch().split()).isNull();
    reader.pauseOrResumeSplits(fresh(1), List.of());
    transport.await(0).answer(ids(0, 1));
    reader.wakeUp();
    assertThat(fetch().split()).isNull();

    reader.pauseOrResumeSplits(List.of(), fresh(1));

    assertThat(fetch().records()).isEqualTo(texts(0, 1));
    assertThat(transport.asked()).hasSize(1);
  }

  @Test
  void pausedPagesHoldNobodyBack() throws Exception {
    int many = Gate.USUAL;
    openWith(fresh(many + 1));
    reader.wakeUp();
    assertThat(fetch().split()).isNull();
    reader.pauseOrResumeSplits(fresh(many), List.of());
    for (int i = 0; i < many; i++) {
      transport.await(i).answer(ids(0, 1));
    }
    reader.wakeUp();
    assertThat(fetch().split()).isNull();

    transport.await(many).answer(ids(0, 1));
    assertThat(fetch().split()).isEqualTo("{\"n\":%d}".formatted(many));
  }

  @Test
  void recordsOfPausedSplitsDoNotCountAsThoseThatALimitWaitsFor() throws Exception {
    options.put("batchSize", "5");
    limit = new RowLimit(10);
    List<RestSplit> splits = fresh(2);
    openWith(splits);
    reader.wakeUp();
    assertThat(fetch().split()).isNull();
    transport.await(0).answer(ids(0, 20));
    transport.await(1).answer(ids(0, 0));
    assertThat(fetch().records()).hasSize(5);
    assertThat(fetch().split()).isEqualTo("{\"n\":1}");
    clock.advance(INTERVAL);
    reader.pauseOrResumeSplits(splits.subList(0, 1), List.of());
    reader.wakeUp();
    assertThat(fetch().split()).isNull();

    transport.await(2).answer(ids(0, 3));
    assertThat(fetch().split()).isEqualTo("{\"n\":1}");
  }

  @Test
  void aRemovedSplitIsCancelledAndReportedAsFinished() throws Exception {
    openWith(fresh(2));
    reader.wakeUp();
    assertThat(fetch().split()).isNull();

    reader.handleSplitsChanges(new SplitsRemoval<>(fresh(1)));

    assertThat(transport.await(0).future()).isCancelled();
    assertThat(fetch().finished()).containsExactly("{\"n\":0}");
    transport.await(1).answer(ids(0, 1));
    assertThat(fetch().split()).isEqualTo("{\"n\":1}");
  }

  @Test
  void closingCancelsWhatIsInFlight() throws Exception {
    openWith(fresh(3));
    reader.wakeUp();
    assertThat(fetch().split()).isNull();

    reader.close();

    assertThat(transport.exchanges())
        .hasSize(3)
        .allMatch(exchange -> exchange.future().isCancelled());
  }

  @Test
  void tellsRequestsPagesPendingRecordsAndTheCurrentWait() throws Exception {
    options.put("batchSize", "2");
    transport.answering(uri -> ids(0, 3));
    openWith(fresh(1));
    assertThat(fetch().records()).hasSize(2);

    assertThat(gauge("pendingRecords")).isEqualTo(3);
    assertThat(fetch().records()).hasSize(1);
    reader.wakeUp();
    assertThat(fetch().split()).isNull();
    CompletableFuture<Fetched> waiting = fetchInBackground();
    while (gauge("rest", "currentWaitMs") == 0) {
      Thread.onSpinWait();
    }
    clock.advance(Duration.ofSeconds(4));
    assertThat(gauge("rest", "currentWaitMs")).isEqualTo(6_000);
    reader.wakeUp();
    assertThat(waiting.join().split()).isNull();
    assertThat(gauge("rest", "requests")).isEqualTo(1);
    assertThat(gauge("rest", "pages")).isEqualTo(1);
  }
}
