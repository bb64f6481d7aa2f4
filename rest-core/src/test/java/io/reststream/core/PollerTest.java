package io.reststream.core;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.Options;
import io.reststream.core.http.JdkTransport;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Gate;
import io.reststream.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PollerTest {
  private static final String GOOD = "{\"events\":[{\"id\":1,\"ts\":5},{\"id\":2,\"ts\":6}]}";
  private static final Duration LONG = Duration.ofSeconds(30);

  private final FakeApi api = FakeApi.start();
  private final ManualClock clock = new ManualClock();
  private final List<RestPoller> pollers = new ArrayList<>();

  @AfterEach
  void close() {
    pollers.forEach(RestPoller::close);
    api.close();
  }

  /** A poller of {@code /events}, by the field {@code ts}, that does not retry. */
  private RestPoller poller(String... more) {
    Map<String, String> options =
        Options.of(
            "url", api.url("/events?since={offset}"),
            "offsetType", "max_field",
            "offsetField", "ts",
            "dataField", "events",
            "maxRetries", "0");
    options.putAll(Options.of(more));
    options.values().removeIf("-"::equals);
    RestPoller poller =
        new RestPoller(
            RestConfig.parse(options, ReadMode.STREAM), new JdkTransport(LONG), clock, () -> 0.5);
    pollers.add(poller);
    return poller;
  }

  private Page page(RestPoller poller, Position position) throws Exception {
    Polled polled = poller.poll(Input.EMPTY, position).get(30, TimeUnit.SECONDS);
    assertThat(polled).isInstanceOf(Page.class);
    return (Page) polled;
  }

  private void assertRefused(RestPoller poller, Position position, Class<?> type, String message) {
    assertThatThrownBy(() -> poller.poll(Input.EMPTY, position).get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(type)
        .hasMessage(message.replace("{url}", api.url("/events?since=")));
  }

  // bad input

  static Stream<Arguments> badAnswers() {
    return Stream.of(
        Arguments.of(
            "not JSON",
            Answer.json("Service\nunavailable"),
            "is not JSON; it begins with 'Service unavailable'"),
        Arguments.of(
            "HTML with status 200",
            Answer.html("<html><body>Please log in</body></html>"),
            "is HTML or XML, not JSON; it begins with '<html><body>Please log in</body></html>'"),
        Arguments.of(
            "JSON cut off",
            Answer.json(GOOD.substring(0, 20)),
            "is not whole JSON: it ends after 20 bytes, in the middle"),
        Arguments.of(
            "an empty body", Answer.json(""), "is empty, but a JSON document was expected"),
        Arguments.of(
            "no data",
            Answer.json("{\"items\":[],\"next\":null}"),
            "has no field 'events' (option 'dataField'); its fields are: items, next"),
        Arguments.of(
            "null in the data's field",
            Answer.json("{\"events\":null}"),
            "has null in the field 'events' (option 'dataField'); its fields are: events"),
        Arguments.of(
            "an error in place of the data",
            Answer.json("{\"error\":{\"code\":17}}"),
            "has no field 'events' (option 'dataField'); its fields are: error"),
        Arguments.of(
            "a record without the offset",
            Answer.json("{\"events\":[{\"id\":1,\"ts\":5},{\"id\":2,\"updated\":6}],\"n\":2}"),
            "has a record without the field 'ts' (option 'offsetField'), record 2 of 2: its fields"
                + " are: id, updated; of the response, its fields are: events, n"),
        Arguments.of(
            "a null offset",
            Answer.json("{\"events\":[{\"id\":1,\"ts\":null}]}"),
            "has a record without the field 'ts' (option 'offsetField'), record 1 of 1: its fields"
                + " are: id, ts; of the response, its fields are: events"),
        Arguments.of(
            "offsets of two kinds",
            Answer.json("{\"events\":[{\"ts\":5},{\"ts\":\"2024-01-01\"}]}"),
            "has '2024-01-01' in the field 'ts', which is a time, but '5' before it was a number;"
                + " offsets must be of one kind"),
        Arguments.of(
            "an absurd offset",
            Answer.json("{\"events\":[{\"ts\":1e999999}]}"),
            "has an offset with too many digits: 1e999999"),
        Arguments.of(
            "two documents", Answer.json(GOOD + GOOD), "goes on after its end, at byte 44"),
        Arguments.of(
            "another encoding",
            Answer.json("").body(GOOD.getBytes(UTF_16LE)),
            "is in UTF-16 or UTF-32, but only UTF-8 can be read"),
        Arguments.of(
            "deep nesting",
            Answer.json("[".repeat(5_000)),
            "is beyond a limit: Depth (1001) exceeds the maximum allowed nesting depth (1000)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badAnswers")
  void badAnswerIsAnErrorAndMovesNothing(String name, Answer bad, String problem) throws Exception {
    RestPoller poller = poller();
    api.serve("/events", request -> bad);
    Position start = poller.start();
    assertRefused(
        poller, start, ResponseException.class, "The answer of GET {url}0 " + problem + ".");

    api.serve("/events", request -> Answer.json(GOOD));
    Page first = page(poller, start);
    assertThat(first.records().texts())
        .containsExactly("{\"id\":1,\"ts\":5}", "{\"id\":2,\"ts\":6}");

    clock.advance(LONG);
    api.serve("/events", request -> bad);
    assertRefused(
        poller, first.next(), ResponseException.class, "The answer of GET {url}6 " + problem + ".");
    api.serve("/events", request -> Answer.json("{\"events\":[{\"ts\":6},{\"ts\":7}]}"));
    assertThat(page(poller, first.next()).records().texts())
        .containsExactly("{\"ts\":6}", "{\"ts\":7}");
  }

  @Test
  void noContentAndNoRecordsAreAnEmptyPage() throws Exception {
    RestPoller poller = poller();
    for (Answer empty :
        List.of(
            Answer.status(204),
            Answer.json("{\"events\":[]}"),
            Answer.json("{\"events\":[]}").gzip())) {
      api.serve("/events", request -> empty);
      Page page = page(poller, poller.start());
      assertThat(page.records().size()).isZero();
      assertThat(page.next().betweenCycles()).isTrue();
      assertThat(page.warnings()).isEmpty();
    }
  }

  @Test
  void gzipTextOutsideAsciiAndLargeIdsArriveAsTheyWere() throws Exception {
    String record = "{\"ts\":9007199254740993,\"text\":\"Grüße, 世界 🚲 \\u00e9\",\"n\":1.50}";
    api.serve("/events", request -> Answer.json("{\"events\":[" + record + "]}").gzip());
    RestPoller poller = poller();
    Page page = page(poller, poller.start());
    assertThat(page.records().texts()).containsExactly(record);
    assertThat(page.records().bytes(0)).isEqualTo(record.getBytes(UTF_8));
    clock.advance(LONG);
    page(poller, page.next());
    assertThat(api.requests().get(1).param("since")).isEqualTo("9007199254740993");
  }

  @Test
  void bodyCutOffOnTheWayIsAnErrorAndMovesNothing() throws Exception {
    api.serve("/events", request -> Answer.json(GOOD));
    RestPoller poller = poller();
    Position start = poller.start();
    api.fault(Fault.truncated());
    assertThatThrownBy(() -> poller.poll(Input.EMPTY, start).get(30, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith("GET " + api.url("/events?since=0") + " failed: ");
    assertThat(page(poller, start).records().size()).isEqualTo(2);
  }

  @Test
  void statusOtherThanSuccessIsShownWithTheBeginningOfItsBody() throws Exception {
    api.serve("/events", request -> Answer.json(GOOD));
    RestPoller poller = poller("url", api.url("/events?since={offset}&api_key=hidden"));
    api.fault(Fault.status(403).body("{\"error\":\r\n  \"no " + "x".repeat(400) + "\"}"));
    assertRefused(
        poller,
        poller.start(),
        RequestException.class,
        "GET {url}0&api_key=**** was answered with status 403: {\"error\": \"no "
            + "x".repeat(283)
            + "...");
    api.fault(Fault.status(404));
    assertRefused(
        poller,
        poller.start(),
        RequestException.class,
        "GET {url}0&api_key=**** was answered with status 404: (no body)");
    assertThat(page(poller, poller.start()).records().size()).isEqualTo(2);
  }

  @Test
  void answerThatCannotBeReadIsAskedForAgain() throws Exception {
    api.serve("/events", request -> Answer.json(GOOD));
    RestPoller poller = poller("maxRetries", "1");
    Position start = poller.start();
    api.fault(Fault.html(), Fault.html());
    Polled polled = poller.poll(Input.EMPTY, start).get(30, TimeUnit.SECONDS);
    assertThat(polled)
        .isEqualTo(
            new Wait(ManualClock.EPOCH.plusMillis(500), "retry 1 of 1: the answer cannot be read"));
    assertThat(poller.poll(Input.EMPTY, start)).isCompletedWithValue(polled);
    assertThat(api.requests()).hasSize(1);
    clock.advance(Duration.ofMillis(500));
    assertRefused(
        poller,
        start,
        ResponseException.class,
        "After 2 attempts in 0.5s: The answer of GET {url}0 is HTML or XML, not JSON; it begins with"
            + " '<html><body>Please log in</body></html>'.");
    assertThat(page(poller, start).records().size()).isEqualTo(2);
  }

  @Test
  void usedUpRetriesSayHowOftenAndHowLongItWasTried() throws Exception {
    api.serve("/events", request -> Answer.json(GOOD));
    RestPoller poller = poller("maxRetries", "2", "retryBaseDelay", "2", "retryMaxDelay", "4");
    api.fault(Fault.status(500), Fault.status(502), Fault.status(503).body("later"));
    for (int seconds : List.of(1, 2)) {
      assertThat(poller.poll(Input.EMPTY, poller.start()).get(30, TimeUnit.SECONDS))
          .isInstanceOf(Wait.class);
      clock.advance(Duration.ofSeconds(seconds));
    }
    assertRefused(
        poller,
        poller.start(),
        RequestException.class,
        "After 3 attempts in 3s: GET {url}0 was answered with status 503: later");
  }

  @Test
  void problemThatTheTransportKnowsToLastIsNotRetried() {
    RestException lasting = new RestException("No token for you.");
    for (boolean atOnce : List.of(true, false)) {
      Transport transport =
          new Transport() {
            @Override
            public CompletableFuture<RestResponse> send(RestRequest request) {
              if (atOnce) {
                throw lasting;
              }
              return CompletableFuture.failedFuture(new CompletionException(lasting));
            }

            @Override
            public void close() {}
          };
      RestPoller poller =
          new RestPoller(
              RestConfig.parse(
                  Options.of("url", "http://h/?{timestamp}", "maxRetries", "5"), ReadMode.STREAM),
              transport,
              clock);
      assertThatThrownBy(() -> poller.poll(Input.EMPTY, poller.start()).get())
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isSameAs(lasting);
      assertThat(poller.counters().failures()).isEqualTo(1);
    }
  }

  @Test
  void refusedPageTokenIsAnErrorInTheEndAndAfterARestartTheCycleBeginsAgain() throws Exception {
    api.serve(
        "/events",
        request ->
            request.param("page") == null
                ? Answer.json("{\"events\":[{\"ts\":1}],\"next\":\"?page=2\"}")
                : Answer.status(410).body("too old"));
    String[] options = {"pagination", "nextUrl", "streamingInterval", "10"};
    Position position = poller(options).start();
    for (int life = 0; life < 2; life++) {
      RestPoller poller = poller(options);
      for (int refusal = 0; refusal < 3; refusal++) {
        if (position.cycle() == null) {
          position = page(poller, position).next();
        }
        Page again = page(poller, position);
        assertThat(again.warnings())
            .containsExactly(
                "GET %s was answered with status 410: the page token was refused, the cycle begins again"
                    .formatted(api.url("/events?page=2")));
        assertThat(poller.poll(Input.EMPTY, again.next()).get())
            .isEqualTo(new Wait(clock.instant().plusSeconds(10), "the cycle begins again"));
        clock.advance(Duration.ofSeconds(10));
        position = Position.parse(page(poller, again.next()).next().json());
      }
      Position refused = position;
      assertThatThrownBy(() -> poller.poll(Input.EMPTY, refused).get(30, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(RequestException.class)
          .hasMessage(
              "GET %s was answered with status 410: the page token was refused 4 times without a new record between; if the records ascend, set 'order' to 'ascending', and cycles go on where they came to: too old"
                  .formatted(api.url("/events?page=2")));
    }
  }

  @Test
  void retriesAreCountedFromTheLastSuccess() throws Exception {
    api.serve("/events", request -> Answer.json(GOOD));
    RestPoller poller = poller("maxRetries", "1");
    Position position = poller.start();
    for (int i = 0; i < 3; i++) {
      api.fault(Fault.status(503));
      Polled polled = poller.poll(Input.EMPTY, position).get(30, TimeUnit.SECONDS);
      assertThat(polled).isInstanceOf(Wait.class);
      clock.advance(LONG);
      position = page(poller, position).next();
      clock.advance(LONG);
    }
  }

  @Test
  void valueThatCannotStandInTheRequestIsAnError() {
    RestPoller poller =
        poller(
            "url",
            api.url("/{tenant}/events?since={offset}"),
            "inputData",
            "[{\"tenant\":\"..\"}]");
    Input input = Input.parse("{\"tenant\":\"..\"}");
    assertThatThrownBy(() -> poller.poll(input, poller.start()).get(30, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith("The request for the input {\"tenant\":\"..\"} cannot be made: ");
    assertThat(api.requests()).isEmpty();
  }

  // records, positions, time

  @Test
  void recordsAreNotSentAgainAndTheOffsetMoves() throws Exception {
    api.serve("/events", request -> Answer.json(GOOD));
    RestPoller poller = poller();
    Page first = page(poller, poller.start());
    assertThat(first.info())
        .isEqualTo(
            new PageInfo(
                api.url("/events?since=0"), 200, ManualClock.EPOCH, 0, GOOD.length(), 0, "0"));
    clock.advance(Duration.ofSeconds(10));
    Page second = page(poller, first.next());
    assertThat(second.records().size()).isZero();
    assertThat(second.info().dropped()).isEqualTo(2);
    assertThat(second.info().offset()).isEqualTo("6");
  }

  @Test
  void nextCycleIsDueAnIntervalAfterTheStartOfTheLast() throws Exception {
    api.serve("/events", request -> Answer.json(GOOD));
    RestPoller poller = poller("streamingInterval", "1m", "pageSize", "3");
    Page first = page(poller, poller.start());
    clock.advance(Duration.ofSeconds(59));
    assertThat(poller.poll(Input.EMPTY, first.next()))
        .isCompletedWithValue(
            new Wait(ManualClock.EPOCH.plusSeconds(60), "the next cycle is not due"));
    clock.advance(Duration.ofSeconds(1));
    assertThat(page(poller, first.next()).next().betweenCycles()).isTrue();
  }

  @Test
  void nextCycleIsDueAtOnceForWhoeverAsksForWhatIsThereNow() throws Exception {
    api.serve("/events", request -> Answer.json(GOOD));
    RestPoller poller = poller("streamingInterval", "1m", "pageSize", "3", "maxRetries", "3");
    Page first = page(poller, poller.start());
    api.fault(Fault.tooManyRequests("7"));

    Position now = first.next().dueAtOnce();

    for (int i = 0; i < 2; i++) {
      assertThat(((Wait) poller.poll(Input.EMPTY, now).join()).until())
          .isEqualTo(ManualClock.EPOCH.plusSeconds(7));
    }
    clock.advance(Duration.ofSeconds(7));
    Page second = page(poller, now);
    assertThat(second.next().betweenCycles()).isTrue();
    assertThat(poller.poll(Input.EMPTY, second.next()))
        .isCompletedWithValue(
            new Wait(ManualClock.EPOCH.plusSeconds(67), "the next cycle is not due"));
    assertThat(poller.start().dueAtOnce()).isEqualTo(poller.start());
  }

  @Test
  void clockThatWentBackDoesNotHoldTheStreamUp() throws Exception {
    api.serve("/events", request -> Answer.json(GOOD));
    RestPoller poller = poller("pageSize", "3");
    Page first = page(poller, poller.start());
    assertThat(first.next().betweenCycles()).isTrue();
    RestPoller earlier =
        new RestPoller(
            RestConfig.parse(
                Options.of(
                    "url", api.url("/events?since={offset}"),
                    "offsetType", "max_field",
                    "offsetField", "ts",
                    "dataField", "events"),
                ReadMode.STREAM),
            new JdkTransport(LONG),
            new ManualClock(ManualClock.EPOCH.minusSeconds(3_600)));
    pollers.add(earlier);
    assertThat(page(earlier, first.next()).info().dropped()).isEqualTo(2);
  }

  @Test
  void warningIsGivenOnce() throws Exception {
    api.serve("/events", request -> Answer.json("{\"events\":[],\"cursor\":1}"));
    RestPoller poller = poller("offsetType", "cursor", "offsetField", "next_cursor");
    assertThat(page(poller, poller.start()).warnings())
        .containsExactly(
            "No answer has had the field 'next_cursor' (option 'offsetField') so far; its fields"
                + " are: events, cursor");
    assertThat(page(poller, poller.start()).warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"next\":\"c\"}", "{\"events\":null,\"next\":\"c\"}"})
  void offsetWithoutDataIsAnEmptyPage(String body) throws Exception {
    api.serve("/events", request -> Answer.json(body));
    RestPoller poller = poller("offsetType", "cursor", "offsetField", "next");
    assertThat(page(poller, poller.start()).records().size()).isZero();
  }

  @Test
  void offsetInAHeaderWithoutDataIsAnEmptyPage() throws Exception {
    api.serve("/events", request -> Answer.json("{}").header("X-Next", "c"));
    RestPoller poller = poller("offsetType", "cursor", "offsetField", "header:x-next");
    assertThat(page(poller, poller.start()).records().size()).isZero();
    RestPoller unset =
        poller("offsetType", "cursor", "offsetField", "header:x-next", "dataField", "-");
    assertThat(page(unset, unset.start()).records().size()).isZero();
  }

  @Test
  void offsetInAHeaderDoesNotMakeAnErrorAnEmptyPage() {
    api.serve("/events", request -> Answer.json("{\"error\":17}").header("X-Next", "c"));
    RestPoller poller = poller("offsetType", "cursor", "offsetField", "header:x-next");
    assertRefused(
        poller,
        poller.start(),
        ResponseException.class,
        "The answer of GET {url}0 has no field 'events' (option 'dataField'); its fields are:"
            + " error.");
  }

  @Test
  void nextPageMayBeAskedByAQueryAlone() throws Exception {
    api.serve(
        "/events",
        request ->
            request.param("page") == null
                ? Answer.json("{\"events\":[{\"ts\":1}],\"next\":\"?page=2&a=b|c\"}")
                : Answer.json("{\"events\":[{\"ts\":2}],\"next\":null}"));
    RestPoller poller = poller("pagination", "nextUrl");
    Page first = page(poller, poller.start());
    assertThat(first.next().betweenCycles()).isFalse();
    Page second = page(poller, first.next());
    assertThat(api.requests().get(1).target()).isEqualTo("/events?page=2&a=b%7Cc");
    assertThat(second.records().texts()).containsExactly("{\"ts\":2}");
    assertThat(second.next().betweenCycles()).isTrue();
  }

  // positions of other options

  @Test
  void positionOfOtherOptionsIsRefusedByName() throws Exception {
    api.serve("/events", request -> Answer.json(GOOD));
    RestPoller before = poller();
    Position position = Position.parse(page(before, before.start()).next().json());
    String message =
        "The stored position was made with other values of the options dataField, keyField. Start"
            + " anew, restore the values, or accept the change with"
            + " 'acceptChanges'='dataField,keyField'.";
    RestPoller after = poller("dataField", "-", "keyField", "id");
    assertRefused(after, position, PositionException.class, message);
    assertThatThrownBy(() -> after.check(position))
        .isInstanceOf(PositionException.class)
        .hasMessage(message);
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void acceptedChangeIsWrittenIntoTheNextPosition() throws Exception {
    api.serve("/events", request -> Answer.json(GOOD));
    RestPoller before = poller();
    Position old = page(before, before.start()).next();
    RestPoller accepting = poller("keyField", "id", "acceptChanges", "keyField");
    clock.advance(LONG);
    Position moved = page(accepting, old).next();
    poller("keyField", "id").check(moved);
    assertThatThrownBy(() -> poller().check(moved)).isInstanceOf(PositionException.class);
  }

  // cancelling and closing

  @Test
  void cancelledPollIsNoFailure() throws Exception {
    api.serve("/events", request -> Answer.json(GOOD));
    RestPoller poller = poller("maxRetries", "5");
    Gate gate = new Gate();
    api.fault(Fault.held(gate));
    CompletableFuture<Polled> polled = poller.poll(Input.EMPTY, poller.start());
    gate.awaitArrivals(1, LONG);
    assertThat(polled.cancel(true)).isTrue();
    assertThatThrownBy(polled::join).isInstanceOf(CancellationException.class);
    gate.open();
    assertThat(page(poller, poller.start()).records().size()).isEqualTo(2);
  }

  @Test
  void closingEndsAPoll() throws Exception {
    api.serve("/events", request -> Answer.json(GOOD));
    RestPoller poller = poller("maxRetries", "5");
    Gate gate = new Gate();
    api.fault(Fault.held(gate));
    CompletableFuture<Polled> polled = poller.poll(Input.EMPTY, poller.start());
    gate.awaitArrivals(1, LONG);
    poller.close();
    assertThatThrownBy(() -> polled.get(30, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(RequestException.class)
        .hasMessage("The poller is closed.");
    gate.open();
  }

  @Test
  void closedPollerRefusesEvenWhatIsNotDue() throws Exception {
    api.serve("/events", request -> Answer.json("{\"events\":[]}"));
    RestPoller poller = poller();
    Position waiting = page(poller, poller.start()).next();
    assertThat(poller.poll(Input.EMPTY, waiting).get()).isInstanceOf(Wait.class);
    poller.close();
    assertRefused(poller, waiting, RequestException.class, "The poller is closed.");
  }

  @Test
  void inputsArePolledSideBySide() throws Exception {
    api.serve(
        "/events", request -> Answer.json("{\"events\":[{\"ts\":" + request.param("n") + "}]}"));
    RestPoller poller =
        poller(
            "url", api.url("/events?n={n}&since={offset}"), "inputData", "[{\"n\":1},{\"n\":2}]");
    List<CompletableFuture<Polled>> polls =
        Stream.of("{\"n\":1}", "{\"n\":2}")
            .map(json -> poller.poll(Input.parse(json), poller.start()))
            .toList();
    List<String> records = new ArrayList<>();
    for (CompletableFuture<Polled> poll : polls) {
      records.addAll(((Page) poll.get(30, TimeUnit.SECONDS)).records().texts());
    }
    assertThat(records).isEqualTo(Arrays.asList("{\"ts\":1}", "{\"ts\":2}"));
  }
}
