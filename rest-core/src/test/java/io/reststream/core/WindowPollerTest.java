package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.Options;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowPollerTest {
  private static final Instant SIX = Instant.parse("2024-01-31T06:00:00Z");

  private final ManualClock clock = new ManualClock();
  private final List<String> asked = new ArrayList<>();
  private final Deque<String> answers = new ArrayDeque<>();
  private ReadMode mode = ReadMode.STREAM;
  private @Nullable Position position;

  @BeforeEach
  void itIsNine() {
    at("2024-01-31T09:00:00Z");
  }

  private void at(String time) {
    clock.advance(Duration.between(clock.instant(), Instant.parse(time)));
  }

  private RestPoller poller(String... more) {
    Map<String, String> options =
        Options.of(
            "url", "https://h/log?{windowStart:HH:mm:ss}-{windowEnd:HH:mm:ss}{&pageToken}",
            "pagination", "cursor",
            "nextField", "next",
            "offsetField", "at",
            "windowSize", "1h",
            "windowLag", "10m",
            "maxRetries", "0",
            "initialOffset", SIX.toString());
    options.putAll(Options.of(more));
    options.values().removeIf("-"::equals);
    Transport transport =
        new Transport() {
          @Override
          public CompletableFuture<RestResponse> send(RestRequest request) {
            asked.add(request.uri().getQuery());
            String body = answers.isEmpty() ? "[]" : answers.remove();
            return CompletableFuture.completedFuture(
                new RestResponse(200, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
          }

          @Override
          public void close() {}
        };
    return new RestPoller(RestConfig.parse(options, mode), transport, clock, () -> 0.5);
  }

  /** Polls once, and goes on from the position as it was stored. */
  private Polled poll(RestPoller poller) {
    Position from = position == null ? poller.start() : position;
    Polled polled = poller.poll(Input.EMPTY, from).join();
    if (polled instanceof Page page) {
      position = Position.parse(page.next().json());
      assertThat(position).isEqualTo(page.next());
    }
    return polled;
  }

  private List<String> records(RestPoller poller) {
    return ((Page) poll(poller)).records().texts();
  }

  private static String record(String time) {
    return "{\"at\":\"2024-01-31T%sZ\"}".formatted(time);
  }

  @Test
  void readsClosedWindowsAtOnceAndWaitsForTheNextToClose() {
    RestPoller poller = poller();
    assertThat(records(poller)).isEmpty();
    assertThat(position.betweenCycles()).isFalse();
    assertThat(records(poller)).isEmpty();
    assertThat(position.betweenCycles()).isTrue();

    assertThat(poll(poller))
        .isEqualTo(
            new Wait(
                Instant.parse("2024-01-31T09:10:00Z"),
                "the window that ends at 2024-01-31T09:00:00Z is not closed",
                true));
    at("2024-01-31T09:10:00Z");
    assertThat(records(poller)).isEmpty();
    assertThat(asked)
        .containsExactly("06:00:00-07:00:00", "07:00:00-08:00:00", "08:00:00-09:00:00");
  }

  @Test
  void theIntervalAppliesOnceItHasCaughtUp() {
    RestPoller poller = poller("streamingInterval", "30m", "windowSize", "1m", "windowLag", "0");
    position = poller.start().with(Window.first(Instant.parse("2024-01-31T08:58:00Z"), null));
    assertThat(records(poller)).isEmpty();
    assertThat(records(poller)).isEmpty();
    at("2024-01-31T09:05:00Z");
    assertThat(poll(poller))
        .isEqualTo(
            new Wait(Instant.parse("2024-01-31T09:30:00Z"), "the next cycle is not due", false));
  }

  @Test
  void aRecordAtTheEdgeOfTwoWindowsComesOnce() {
    RestPoller poller = poller();
    answers.add("[" + record("06:30:00") + "," + record("07:00:00") + "]");
    answers.add("[" + record("07:00:00") + "," + record("07:00:01") + "]");
    assertThat(records(poller)).hasSize(2);
    assertThat(position.keys().size()).isEqualTo(1);
    assertThat(records(poller)).containsExactly(record("07:00:01"));
  }

  @Test
  void withoutATimeAllOfTheLastWindowIsKnown() {
    RestPoller poller = poller("offsetField", "-");
    answers.add("[{\"id\":1},{\"id\":2}]");
    answers.add("[{\"id\":2},{\"id\":3}]");
    assertThat(records(poller)).hasSize(2);
    assertThat(records(poller)).containsExactly("{\"id\":3}");
    assertThat(position.keys().size()).isEqualTo(2);
  }

  @Test
  void anExclusiveStartIsAskedForASecondEarlier() {
    RestPoller poller = poller("offsetBoundary", "exclusive");
    answers.add("[" + record("06:59:59.5") + "]");
    answers.add("[" + record("06:59:59.5") + "," + record("07:00:00") + "]");
    assertThat(records(poller)).hasSize(1);
    assertThat(records(poller)).containsExactly(record("07:00:00"));
    assertThat(asked).containsExactly("06:00:00-07:00:00", "06:59:59-08:00:00");
  }

  @Test
  void aWindowGoesOnInItsMiddleWhateverTheSizeIsNow() {
    answers.add("{\"data\":[" + record("06:30:00") + "],\"next\":\"p2\"}");
    answers.add("{\"data\":[" + record("06:31:00") + "]}");
    assertThat(records(poller())).hasSize(1);
    RestPoller restarted = poller("windowSize", "5m");
    assertThat(records(restarted)).hasSize(1);
    assertThat(records(restarted)).isEmpty();
    assertThat(asked)
        .containsExactly(
            "06:00:00-07:00:00", "06:00:00-07:00:00&pageToken=p2", "07:00:00-07:05:00");
  }

  @Test
  void aWindowThatIsCutIsHalvedAndGrowsAgain() {
    RestPoller poller = poller("windowCap", "4");
    String full = String.join(",", record("06:01:00"), record("06:02:00"), record("06:03:00"));
    answers.add("[" + full + "," + record("06:04:00") + "]");
    answers.add("[" + full + "]");
    answers.add("[" + record("06:59:00") + "]");
    Page cut = (Page) poll(poller);
    assertThat(cut.records().size()).isZero();
    assertThat(cut.next().betweenCycles()).isFalse();
    assertThat(cut.warnings())
        .containsExactly(
            "A window was answered with as many records as 'windowCap' (4) says: it is asked for again in halves, and later ones are shorter; a smaller 'windowSize' saves these requests");
    assertThat(records(poller)).hasSize(3);
    assertThat(records(poller)).hasSize(1);
    assertThat(records(poller)).isEmpty();
    assertThat(asked)
        .containsExactly(
            "06:00:00-07:00:00", "06:00:00-06:30:00", "06:30:00-07:00:00", "07:00:00-08:00:00");
  }

  @Test
  void whatWasDeliveredBeforeAPagedWindowWasCutIsKnownInItsHalves() {
    RestPoller poller = poller("windowCap", "3");
    answers.add(
        "{\"data\":[" + record("06:40:00") + "," + record("06:10:00") + "],\"next\":\"2\"}");
    answers.add("{\"data\":[" + record("06:50:00") + "],\"next\":\"3\"}");
    answers.add("[" + record("06:10:00") + "," + record("06:20:00") + "]");
    answers.add("[" + record("06:40:00") + "," + record("06:50:00") + "]");
    assertThat(records(poller)).hasSize(2);
    assertThat(records(poller)).isEmpty();
    assertThat(records(poller)).containsExactly(record("06:20:00"));
    assertThat(records(poller)).containsExactly(record("06:50:00"));
    assertThat(position.keys().size()).isZero();
  }

  @Test
  void moreRecordsThanCanBeKnownAreAnError() {
    RestPoller poller = poller("offsetField", "-", "maxKeys", "1");
    answers.add("[" + record("06:00:00") + "," + record("06:00:01") + "]");
    assertThatThrownBy(() -> poll(poller))
        .cause()
        .isInstanceOf(ResponseException.class)
        .hasMessageContaining(
            "brings the delivered records that may come again to 2, but 'maxKeys' is 1; set 'offsetField' if the records have a time, choose a smaller 'windowSize', or raise 'maxKeys'");
  }

  @Test
  void pagesInACircleAreAnError() {
    RestPoller poller = poller();
    for (String token : List.of("a", "b", "a")) {
      answers.add("{\"data\":[],\"next\":\"%s\"}".formatted(token));
    }
    assertThat(records(poller)).isEmpty();
    assertThat(records(poller)).isEmpty();
    assertThatThrownBy(() -> poll(poller))
        .cause()
        .isInstanceOf(ResponseException.class)
        .hasMessageContaining(
            "leads to a page that came before: the API pages in a circle, and the cycle would never end");
  }

  @Test
  void theShortestWindowThatIsStillCutIsAnError() {
    RestPoller poller = poller("windowCap", "2", "windowSize", "1s");
    answers.add("[" + record("06:00:00") + "," + record("06:00:00.1") + "]");
    assertThatThrownBy(() -> poll(poller))
        .cause()
        .isInstanceOf(ResponseException.class)
        .hasMessageContaining(
            "has record 2 of the window from 2024-01-31T06:00:00Z to 2024-01-31T06:00:01Z, but 'windowCap' is 2, and a window cannot be shorter than 1000 ms; what it does not tell would be lost");
  }

  @Test
  void aBatchEndsWhereAllIsClosed() {
    mode = ReadMode.BATCH;
    RestPoller poller = poller("windowSize", "2h");
    assertThat(records(poller)).isEmpty();
    assertThat(position.betweenCycles()).isFalse();
    at("2024-01-31T15:00:00Z");
    assertThat(records(poller)).isEmpty();
    assertThat(position.betweenCycles()).isTrue();
    assertThat(position.isAtTheEnd()).isTrue();
    assertThat(asked).containsExactly("06:00:00-08:00:00", "08:00:00-08:50:00");
  }

  @Test
  void aStretchOnlyLooksAtTheEdgeBeforeIt() {
    RestPoller poller = poller();
    List<Stretch> stretches =
        Stretch.of(RestConfig.parse(configOf("1h"), ReadMode.STREAM), clock.instant());
    assertThat(stretches).hasSize(2);
    position = stretches.get(1).start();
    answers.add("[" + record("06:59:59") + "," + record("07:00:00") + "]");
    answers.add("[" + record("07:00:00") + "," + record("07:30:00") + "]");
    assertThat(records(poller)).isEmpty();
    assertThat(records(poller)).containsExactly(record("07:30:00"));
    assertThat(asked).containsExactly("06:59:59-07:00:00", "07:00:00-08:00:00");
  }

  private Map<String, String> configOf(String size) {
    return Options.of(
        "url", "https://h/log?{windowStart:HH:mm:ss}-{windowEnd:HH:mm:ss}{&pageToken}",
        "pagination", "cursor",
        "nextField", "next",
        "offsetField", "at",
        "windowSize", size,
        "windowLag", "10m",
        "initialOffset", SIX.toString());
  }

  @Test
  void aTimeThatIsNoneIsAnError() {
    answers.add("[{\"at\":\"noon\"}]");
    assertThatThrownBy(() -> poll(poller()))
        .cause()
        .isInstanceOf(ResponseException.class)
        .hasMessageContaining(
            "has 'noon' in the field 'at' (option 'offsetField'), which with windows must be a time");
  }

  @Test
  void aRecordWithoutItsTimeIsAnError() {
    answers.add("[{\"id\":1}]");
    assertThatThrownBy(() -> poll(poller()))
        .cause()
        .hasMessageContaining("has a record without the field 'at' (option 'offsetField')");
  }

  @Test
  void aStartInTheFutureIsAnError() {
    RestPoller poller = poller("initialOffset", "2024-02-01");
    assertThatThrownBy(() -> poller.poll(Input.EMPTY, poller.start()).join())
        .cause()
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "Option 'initialOffset' is 2024-02-01T00:00:00Z, which lies in the future: it is 2024-01-31T09:00:00Z.");
    assertThat(asked).isEmpty();
  }
}
