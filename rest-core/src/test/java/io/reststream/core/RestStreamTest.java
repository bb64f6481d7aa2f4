package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.Options;
import io.reststream.core.http.JdkTransport;
import io.reststream.testkit.Answer;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Gate;
import io.reststream.testkit.ManualClock;
import io.reststream.testkit.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RestStreamTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final FakeApi api = FakeApi.start();
  private final ManualClock clock = new ManualClock();
  private final List<Instant> waits = new ArrayList<>();
  private final List<RestStream> streams = new ArrayList<>();

  @BeforeEach
  void serve() {
    api.serve(Endpoint.at("/items").since("start_id", "id").pageSize(3).feedNamedBy("tenant"));
  }

  @AfterEach
  void close() {
    streams.forEach(RestStream::close);
    api.close();
  }

  private RestStream open(ReadMode mode, String... more) {
    Map<String, String> options =
        Options.of(
            "url",
            api.url("/items?start_id={id}"),
            "offsetType",
            "incremental",
            "offsetField",
            "id");
    options.putAll(Options.of(more));
    RestConfig config = RestConfig.parse(options, mode);
    RestPoller poller = new RestPoller(config, new JdkTransport(LONG), clock, () -> 0.5);
    RestStream stream =
        new RestStream(
            config,
            poller,
            until -> {
              waits.add(until);
              clock.advance(Duration.between(clock.instant(), until));
            });
    streams.add(stream);
    return stream;
  }

  private static String record(int id) {
    return "{\"id\":" + id + "}";
  }

  private void append(String feed, int from, int to) {
    for (int id = from; id <= to; id++) {
      api.feed(feed).append(record(id));
    }
  }

  private static List<String> take(RestStream stream, int count) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(stream.next());
    }
    return records;
  }

  private static List<String> all(RestStream stream) {
    List<String> records = new ArrayList<>();
    stream.forEachRemaining(records::add);
    return records;
  }

  @Test
  void givesRecordAfterRecordAndWaitsForMore() {
    append("", 1, 4);
    RestStream stream = open(ReadMode.STREAM);
    assertThat(take(stream, 4)).containsExactly(record(1), record(2), record(3), record(4));
    assertThat(waits).isEmpty();
    append("", 5, 5);
    assertThat(stream.hasNext()).isTrue();
    assertThat(stream.hasNext()).isTrue();
    assertThat(stream.next()).isEqualTo(record(5));
    assertThat(waits).containsExactly(ManualClock.EPOCH.plusSeconds(10));
  }

  @Test
  void batchThatGoesOnFromACheckpointIsReadAtOnce() {
    append("", 1, 4);
    RestStream first = open(ReadMode.STREAM, "streamingInterval", "1h");
    take(first, 4);
    assertThat(first.positions().values()).allMatch(Position::betweenCycles);
    append("", 5, 5);

    RestStream batch = open(ReadMode.BATCH).from(first.checkpoint());

    assertThat(all(batch)).containsExactly(record(5));
    assertThat(waits).isEmpty();
  }

  @Test
  void batchEndsWithTheCycle() {
    append("", 1, 7);
    RestStream stream = open(ReadMode.BATCH);
    assertThat(all(stream)).hasSize(7).startsWith(record(1)).endsWith(record(7));
    append("", 8, 8);
    assertThat(stream.hasNext()).isFalse();
    assertThatThrownBy(stream::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("Each input was read to its end");
    assertThat(waits).isEmpty();
  }

  @Test
  void batchOfAnEmptyFeedIsEmpty() {
    assertThat(all(open(ReadMode.BATCH))).isEmpty();
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void batchNeedsNoOffset() {
    api.serve("/all", request -> Answer.json("[{\"a\":1},{\"a\":1},{}]"));
    RestConfig config = RestConfig.parse(Options.of("url", api.url("/all")), ReadMode.BATCH);
    RestStream stream =
        new RestStream(config, new RestPoller(config, new JdkTransport(LONG), clock), until -> {});
    streams.add(stream);
    assertThat(all(stream)).containsExactly("{\"a\":1}", "{\"a\":1}", "{}");
  }

  @Test
  void checkpointGoesOnAfterTheLastRecordGiven() {
    append("", 1, 8);
    RestStream first = open(ReadMode.STREAM);
    assertThat(take(first, 4)).endsWith(record(4));
    String checkpoint = first.checkpoint();
    assertThat(take(first, 2)).containsExactly(record(5), record(6));
    first.close();

    RestStream second = open(ReadMode.STREAM).from(checkpoint);
    int before = api.requests().size();
    assertThat(take(second, 2)).containsExactly(record(5), record(6));
    assertThat(api.requests()).as("what the checkpoint holds is not asked for").hasSize(before);
    assertThat(take(second, 2)).containsExactly(record(7), record(8));
  }

  @Test
  void everyPlaceCanBeResumedFrom() {
    append("", 1, 7);
    RestStream stream = open(ReadMode.STREAM);
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      records.add(stream.next());
      String checkpoint = stream.checkpoint();
      stream = open(ReadMode.STREAM).from(checkpoint);
      assertThat(stream.checkpoint()).isEqualTo(checkpoint);
    }
    assertThat(records).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void inputsTakeTurnsAndKeepTheirOwnPositions() {
    append("a", 1, 4);
    append("b", 1, 2);
    String[] options = {
      "url",
      api.url("/items?tenant={tenant}&start_id={id}"),
      "inputData",
      "[{\"tenant\":\"a\"},{\"tenant\":\"b\"}]"
    };
    RestStream stream = open(ReadMode.STREAM, options);
    assertThat(take(stream, 6))
        .containsExactly(record(1), record(2), record(3), record(1), record(2), record(4));
    append("b", 3, 3);
    RestStream resumed = open(ReadMode.STREAM, options).from(stream.checkpoint());
    assertThat(resumed.next()).isEqualTo(record(3));
    assertThat(resumed.positions())
        .containsOnlyKeys(Input.parse("{\"tenant\":\"a\"}"), Input.parse("{\"tenant\":\"b\"}"));
  }

  @Test
  void batchOfSeveralInputsEndsWithTheLastOfThem() {
    append("a", 1, 7);
    append("c", 1, 1);
    RestStream stream =
        open(
            ReadMode.BATCH,
            "url",
            api.url("/items?tenant={tenant}&start_id={id}"),
            "inputData",
            "[{\"tenant\":\"a\"},{\"tenant\":\"b\"},{\"tenant\":\"c\"}]");
    assertThat(all(stream)).hasSize(8);
  }

  @Test
  void positionOfAnInputThatWasRemovedIsKept() {
    append("a", 1, 2);
    append("b", 1, 2);
    String url = api.url("/items?tenant={tenant}&start_id={id}");
    String both = "[{\"tenant\":\"a\"},{\"tenant\":\"b\"}]";
    RestStream first = open(ReadMode.STREAM, "url", url, "inputData", both);
    take(first, 4);
    RestStream without =
        open(ReadMode.STREAM, "url", url, "inputData", "[{\"tenant\":\"b\"}]")
            .from(first.checkpoint());
    append("a", 3, 3);
    append("b", 3, 3);
    assertThat(without.next()).isEqualTo(record(3));
    RestStream again =
        open(ReadMode.STREAM, "url", url, "inputData", both).from(without.checkpoint());
    append("b", 4, 4);
    assertThat(take(again, 2)).containsExactlyInAnyOrder(record(3), record(4));
  }

  @Test
  void failureMovesNothingAndALaterCallTriesAgain() {
    append("", 1, 2);
    RestStream stream = open(ReadMode.STREAM, "maxRetries", "0");
    api.fault(Fault.status(500));
    assertThatThrownBy(stream::hasNext)
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("status 500");
    assertThat(take(stream, 2)).containsExactly(record(1), record(2));
  }

  @Test
  void retriesAreWaitedFor() {
    append("", 1, 1);
    RestStream stream = open(ReadMode.STREAM);
    api.fault(Fault.tooManyRequests("7"), Fault.html());
    assertThat(stream.next()).isEqualTo(record(1));
    assertThat(waits)
        .containsExactly(ManualClock.EPOCH.plusSeconds(7), ManualClock.EPOCH.plusMillis(7_500));
  }

  @Test
  void warningsAreTold() {
    List<String> warnings = new ArrayList<>();
    api.serve("/x", request -> Answer.json("[1]"));
    RestStream stream =
        open(
                ReadMode.BATCH,
                "url",
                api.url("/x?after={next}"),
                "offsetType",
                "cursor",
                "offsetField",
                "next")
            .onWarning(warnings::add);
    assertThat(all(stream)).containsExactly("1");
    assertThat(warnings)
        .containsExactly(
            "No answer has had the field 'next' (option 'offsetField') so far; it is an array");
  }

  @Test
  void checkpointOfOtherOptionsIsRefused() {
    RestStream stream = open(ReadMode.BATCH);
    all(stream);
    assertThatThrownBy(() -> open(ReadMode.STREAM, "keyField", "id").from(stream.checkpoint()))
        .isInstanceOf(PositionException.class)
        .hasMessageContaining("keyField");
  }

  @Test
  void brokenAndNewerCheckpointsAreRefused() {
    for (String broken : List.of("", "{}", "[]", "x", "{\"v\":1}", "{\"v\":1,\"inputs\":5}")) {
      assertThatThrownBy(() -> open(ReadMode.STREAM).from(broken))
          .as(broken)
          .isInstanceOf(PositionException.class)
          .hasMessage("The text is not a checkpoint of a stream.");
    }
    assertThatThrownBy(() -> open(ReadMode.STREAM).from("{\"v\":2,\"inputs\":[],\"rest\":[]}"))
        .isInstanceOf(PositionException.class)
        .hasMessage(
            "The checkpoint has version 2, written by a newer release; this one reads up to 1.");
  }

  @Test
  void interruptEndsTheWaitAndIsKept() throws Exception {
    Gate gate = new Gate();
    api.fault(Fault.held(gate));
    RestStream stream = open(ReadMode.STREAM);
    AtomicReference<Thread> reader = new AtomicReference<>();
    CompletableFuture<Boolean> kept =
        CompletableFuture.supplyAsync(
            () -> {
              reader.set(Thread.currentThread());
              assertThatThrownBy(stream::hasNext)
                  .isInstanceOf(RestException.class)
                  .hasMessage("The thread was interrupted while the stream waited");
              return Thread.interrupted();
            });
    gate.awaitArrivals(1, LONG);
    reader.get().interrupt();
    assertThat(kept.get()).isTrue();
    gate.open();
  }

  @Test
  void requestsAskWithWhatTheOptionsSay() {
    RestStream stream =
        open(
            ReadMode.BATCH,
            "url",
            api.url("/items?tenant={tenant}&start_id={id}"),
            "method",
            "post",
            "inputData",
            "[{\"tenant\":\"ü&x=1\"}]",
            "initialOffset",
            "5",
            "headers",
            "{\"X-Tenant\":\"t-{offset}\"}",
            "body",
            "{\"tenant\":\"{tenant}\",\"after\":{id}}");
    all(stream);
    Request request = api.requests().get(0);
    assertThat(request.toString()).isEqualTo("POST /items?tenant=%C3%BC%26x%3D1&start_id=5");
    assertThat(request.header("X-Tenant")).isEqualTo("t-5");
    assertThat(request.body()).isEqualTo("{\"tenant\":\"ü&x=1\",\"after\":5}");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
  }
}
