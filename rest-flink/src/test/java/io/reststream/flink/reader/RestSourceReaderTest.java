package io.reststream.flink.reader;

import static io.reststream.flink.reader.FakeTransport.ids;
import static io.reststream.flink.reader.FakeTransport.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.core.Wait;
import io.reststream.core.http.RestResponse;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.flink.limits.Holds;
import io.reststream.flink.limits.InputsGone;
import io.reststream.flink.limits.JobLimits;
import io.reststream.flink.limits.PauseAsked;
import io.reststream.flink.limits.ReadNoMore;
import io.reststream.flink.limits.Reads;
import io.reststream.flink.split.RestSplit;
import io.reststream.flink.split.SplitName;
import io.reststream.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RestSourceReaderTest {
  private static final JobLimits ALONE = new JobLimits(1, Instant.MIN);

  private final FakeTransport transport = new FakeTransport();
  private final Output output = new Output();
  private final MetricListener metrics = new MetricListener();
  private final ManualClock clock = new ManualClock();
  private final Map<String, String> options = new TreeMap<>();
  private ReadMode mode = ReadMode.STREAM;
  private boolean discovered;
  private List<RestSplit> restored = List.of();
  private long limit = Long.MAX_VALUE;
  private RestPoller poller;
  private TestingReaderContext context;
  private RestSourceReader<String> reader;

  private RestSourceReader<String> open(Input... inputs) {
    openUntold(inputs).handleSourceEvents(ALONE);
    return reader;
  }

  /** Opens the reader of a job whose enumerator has told nothing yet. */
  private RestSourceReader<String> openUntold(Input... inputs) {
    options.putIfAbsent("url", "https://api.example.com/{n}?from={id}");
    options.put("offsetType", "incremental");
    options.put("offsetField", "id");
    options.put("pageSize", "1000000");
    options.put("inputData", List.of(inputs).toString());
    RestConfig config = RestConfig.parse(options, mode);
    poller = new RestPoller(config, transport, clock);
    var group = InternalSourceReaderMetricGroup.mock(metrics.getMetricGroup());
    context = new TestingReaderContext(new Configuration(), group);
    reader =
        new RestSourceReader<>(
            config, discovered, poller, RestDeserializer.string(), limit, context);
    if (!restored.isEmpty()) {
      reader.addSplits(restored);
    }
    reader.start();
    return reader;
  }

  @AfterEach
  void close() throws Exception {
    reader.close();
  }

  private static Input input(int n) {
    return Input.parse("{\"n\":%d}".formatted(n));
  }

  private void pollUntil(int records) throws Exception {
    while (output.records.size() < records) {
      poll();
    }
  }

  private InputStatus poll() throws Exception {
    InputStatus status = reader.pollNext(output);
    if (status == InputStatus.NOTHING_AVAILABLE) {
      reader.isAvailable().get();
    }
    return status;
  }

  /** What the reader told Flink. */
  private static final class Output implements ReaderOutput<String> {
    private final List<String> records = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    @Override
    public void collect(String record) {
      records.add(record);
    }

    @Override
    public void collect(String record, long timestamp) {
      records.add(record);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      events.add("watermark");
    }

    @Override
    public void markIdle() {
      events.add("idle");
    }

    @Override
    public void markActive() {
      events.add("active");
    }

    @Override
    public SourceOutput<String> createOutputForSplit(String splitId) {
      events.add("create " + splitId);
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
      events.add("release " + splitId);
    }
  }

  @Test
  void hasItsPartOfTheRequestsOfTheJobInFlight() throws Exception {
    options.put("maxConcurrentRequests", "60");
    openUntold(IntStream.range(0, 50).mapToObj(RestSourceReaderTest::input).toArray(Input[]::new));
    reader.handleSourceEvents(new JobLimits(3, Instant.MIN));
    reader.addSplits(IntStream.range(0, 50).mapToObj(n -> RestSplit.fresh(input(n))).toList());

    var unused = transport.await(19);
  }

  @Test
  void itsStateIsThePositionAndWhatIsLeftOfThePage() throws Exception {
    transport.answering(uri -> ids(0, 5));
    open(input(0)).addSplits(List.of(RestSplit.fresh(input(0))));
    assertThat(reader.snapshotState(1)).containsExactly(RestSplit.fresh(input(0)));

    pollUntil(2);

    assertThat(output.records).isEqualTo(texts(0, 2));
    RestSplit state = reader.snapshotState(2).get(0);
    assertThat(state.rest().size()).isEqualTo(3);
    pollUntil(5);
    RestSplit later = reader.snapshotState(3).get(0);
    assertThat(later.rest()).isNull();
    assertThat(later.position()).isEqualTo(state.position());
  }

  @Test
  void anEmptyPageMovesTheStateAndIsNotCountedAsARecord() throws Exception {
    transport.answering(uri -> "[]");
    open(input(0)).addSplits(List.of(RestSplit.fresh(input(0))));

    while (reader.snapshotState(1).get(0).position() == null) {
      reader.pollNext(output);
    }

    assertThat(output.records).isEmpty();
    assertThat(reader.snapshotState(1).get(0).position().betweenCycles()).isTrue();
  }

  @Test
  void theSplitOfARemovedInputStaysInTheStateAndIsNotRead() throws Exception {
    transport.answering(uri -> ids(0, 1));
    RestSplit removed = RestSplit.fresh(input(7));
    open(input(0)).addSplits(List.of(removed, RestSplit.fresh(input(0))));

    pollUntil(1);

    assertThat(transport.asked()).containsExactly("https://api.example.com/0?from=0");
    assertThat(reader.snapshotState(1)).hasSize(2).contains(removed);
    assertThat(output.events.subList(0, 2))
        .containsExactly("create {\"n\":7}", "release {\"n\":7}");
  }

  @Test
  void aReaderThatWillGetNoSplitIsIdleAndDoesNotEnd() throws Exception {
    open(input(0));
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(output.events).isEmpty();

    reader.notifyNoMoreSplits();
    reader.isAvailable().get();

    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(output.events).containsExactly("idle");
  }

  @Test
  void aReaderThatGetsASplitAfterAllIsActiveAgain() throws Exception {
    transport.answering(uri -> ids(0, 1));
    open(input(0)).notifyNoMoreSplits();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);

    reader.addSplits(List.of(RestSplit.fresh(input(0))));
    pollUntil(1);

    assertThat(output.events.subList(0, 2)).containsExactly("idle", "active");
  }

  @Test
  void aBoundedReaderEndsWhenItsSplitsHave() throws Exception {
    mode = ReadMode.BATCH;
    transport.answering(uri -> ids(0, 3));
    open(input(0), input(1))
        .addSplits(List.of(RestSplit.fresh(input(0)), RestSplit.fresh(input(1))));
    reader.notifyNoMoreSplits();

    while (poll() != InputStatus.END_OF_INPUT) {
      assertThat(output.records.size()).isLessThanOrEqualTo(6);
    }

    assertThat(output.records).hasSize(6);
    assertThat(reader.snapshotState(1)).isEmpty();
  }

  @Test
  void aBoundedReaderWithoutSplitsEnds() throws Exception {
    mode = ReadMode.BATCH;
    open(input(0)).notifyNoMoreSplits();

    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
    assertThat(output.events).isEmpty();
  }

  @Test
  void noRecordIsPendingOnceAllAreEmitted() throws Exception {
    transport.answering(uri -> ids(0, 3));
    open(input(0)).addSplits(List.of(RestSplit.fresh(input(0))));
    var pending = metrics.<Long>getGauge("pendingRecords").orElseThrow();

    pollUntil(1);
    assertThat(pending.getValue()).isEqualTo(2);

    pollUntil(3);
    assertThat(pending.getValue()).isZero();
  }

  // what the job's readers share

  @Test
  void asksNothingBeforeItKnowsWhatTheReadersShare() throws Exception {
    transport.answering(uri -> ids(0, 1));
    openUntold(input(0)).addSplits(List.of(RestSplit.fresh(input(0))));
    for (int i = 0; i < 100; i++) {
      assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    }
    assertThat(transport.asked()).isEmpty();

    reader.handleSourceEvents(ALONE);

    pollUntil(1);
    assertThat(transport.asked()).hasSize(1);
  }

  @Test
  void tellsWhetherItReadsOnceItHasItsSplitsAndWhenItHasReadThem() throws Exception {
    mode = ReadMode.BATCH;
    transport.answering(uri -> ids(0, 1));
    open(input(0)).addSplits(List.of(RestSplit.fresh(input(0))));
    assertThat(context.getSentEvents()).isEmpty();

    reader.notifyNoMoreSplits();
    assertThat(context.getSentEvents()).containsExactly(new Reads(1));

    while (poll() != InputStatus.END_OF_INPUT) {
      assertThat(output.records.size()).isLessThanOrEqualTo(1);
    }
    assertThat(context.getSentEvents()).containsExactly(new Reads(1), new Reads(0));
  }

  private void pollUntilAssigned(int splits) throws Exception {
    while (reader.getNumberOfCurrentlyAssignedSplits() != splits) {
      poll();
    }
  }

  private RestSplit split(int n) {
    return reader.snapshotState(1).stream()
        .filter(split -> split.input().equals(input(n)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSplitWhoseInputIsGoneStopsAndGoesOnFromItsPositionWhenItIsAssignedAgain() throws Exception {
    discovered = true;
    transport.answering(uri -> uri.toString().endsWith("=0") ? ids(0, 2) : ids(2, 1));
    SplitName name = RestSplit.fresh(input(0)).name();
    open(input(0)).addSplits(List.of(RestSplit.fresh(input(0))));
    assertThat(context.getSentEvents()).containsExactly(new Holds(List.of(), true));
    pollUntil(2);

    reader.handleSourceEvents(new InputsGone(Set.of(input(0))));
    pollUntilAssigned(0);
    assertThat(split(0).position()).isNotNull();
    assertThat(context.getSentEvents())
        .endsWith(new Reads(0), new ReadNoMore(List.of(name), List.of()), new Reads(0));

    clock.advance(Duration.ofSeconds(10));
    reader.addSplits(List.of(RestSplit.again(name, 7)));
    assertThat(context.getSentEvents()).last().isEqualTo(new Reads(1));
    pollUntil(3);
    assertThat(output.records).isEqualTo(texts(0, 3));
    assertThat(transport.asked())
        .containsExactly("https://api.example.com/0?from=0", "https://api.example.com/0?from=2");
    assertThat(output.events).containsSubsequence("idle", "active");
    assertThat(reader.snapshotState(2)).extracting(RestSplit::round).containsExactly(0);
  }

  @Test
  void whatAReaderDoesNotKeepCannotBeAssignedToItAgain() {
    discovered = true;
    open(input(0));

    assertThatThrownBy(
            () -> reader.addSplits(List.of(RestSplit.again(new SplitName(input(0), null), 1))))
        .hasMessage(
            "RestSplit{{\"n\":0} #1, not read yet} was assigned again to a reader that does not keep it");
  }

  @Test
  void tellsWhatItHasWhenItStarts() {
    discovered = true;
    restored = IntStream.range(0, 2_001).mapToObj(n -> RestSplit.fresh(input(n))).toList();
    open(input(0));

    assertThat(context.getSentEvents())
        .hasSize(3)
        .allSatisfy(event -> assertThat(event).isInstanceOf(Holds.class))
        .extracting(event -> ((Holds) event).splits().size(), event -> ((Holds) event).all())
        .containsExactly(tuple(1_000, false), tuple(1_000, false), tuple(1, true));
    assertThat(context.getSentEvents().stream().flatMap(e -> ((Holds) e).splits().stream()))
        .containsExactlyInAnyOrderElementsOf(restored.stream().map(RestSplit::name).toList());
  }

  @Test
  void asksForNoMoreThanIsWantedAndEndsABoundedRead() throws Exception {
    mode = ReadMode.BATCH;
    limit = 3;
    options.put("pagination", "pageNumber");
    options.put("url", "https://api.example.com/{n}?from={id}&p={page}");
    transport.answering(uri -> ids(2 * Long.parseLong(uri.toString().split("p=")[1]), 2));
    open(input(0)).addSplits(List.of(RestSplit.fresh(input(0))));
    reader.notifyNoMoreSplits();

    while (poll() != InputStatus.END_OF_INPUT) {
      assertThat(output.records.size()).isLessThanOrEqualTo(4);
    }

    assertThat(output.records).hasSize(4);
    assertThat(transport.asked()).hasSize(2);
  }

  @Test
  void aReaderWithRemovedInputsAloneTellsThatItReadsNothing() throws Exception {
    open(input(0)).addSplits(List.of(RestSplit.fresh(input(7))));

    reader.notifyNoMoreSplits();

    assertThat(context.getSentEvents()).containsExactly(new Reads(0));
  }

  @Test
  void tellsAPauseThatTheApiAskedForAndNeverOneThatItWasTold() throws Exception {
    Instant toldFirst = clock.instant().plusSeconds(60);
    open(input(0));
    var polled = poller.poll(input(0), poller.start());
    reader.handleSourceEvents(new JobLimits(1, toldFirst));
    assertThat(context.getSentEvents()).isEmpty();

    transport.await(0).future().complete(tooManyRequests("90"));
    assertThat(polled.join()).isInstanceOf(Wait.class);

    PauseAsked asked = new PauseAsked(clock.instant().plusSeconds(90));
    assertThat(context.getSentEvents()).containsExactly(asked);
    reader.handleSourceEvents(new JobLimits(1, asked.until().plusSeconds(1)));
    assertThat(context.getSentEvents()).containsExactly(asked);
  }

  private static RestResponse tooManyRequests(String retryAfter) {
    return new RestResponse(429, Map.of("Retry-After", List.of(retryAfter)), new byte[0]);
  }

  @Test
  void keepsToAPauseThatItWasToldAndNeverShortensIt() {
    Instant inAnHour = clock.instant().plusSeconds(3600);
    open(input(0)).handleSourceEvents(new JobLimits(1, inAnHour));
    reader.handleSourceEvents(new JobLimits(1, inAnHour.minusSeconds(1)));
    reader.handleSourceEvents(ALONE);

    assertThat(poller.poll(input(0), poller.start()))
        .isCompletedWithValue(new Wait(inAnHour, "the API asked another reader for a pause"));
  }

  @Test
  void sharesTheRateWithTheOtherReaders() {
    options.put("requestsPerSecond", "2");
    open(input(0), input(1)).handleSourceEvents(new JobLimits(3, Instant.MIN));
    transport.answering(uri -> ids(0, 1));

    assertThat(poller.poll(input(0), poller.start()).join()).isInstanceOf(Page.class);
    assertThat(poller.poll(input(1), poller.start()))
        .isCompletedWithValue(
            new Wait(clock.instant().plusMillis(1500), "the limit 'requestsPerSecond'"));
  }
}
