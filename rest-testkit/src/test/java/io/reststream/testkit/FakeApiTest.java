package io.reststream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeApiTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final FakeApi api = FakeApi.start();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void servesRecordsByteForByte() throws Exception {
    List<String> odd =
        List.of(
            "{\"id\":9007199254740993,\"b\":1.50,\"a\":1E+2}",
            "{ \"name\" : \"Grüße, 世界 \\u00e9 🚲\" }",
            "[\"ab12\",null,3]");
    api.serve(Endpoint.at("/items")).feed().append(odd);

    assertThat(Http.text(api.url("/items"))).isEqualTo("[" + String.join(",", odd) + "]");
    assertThat(FeedRecord.texts(api.published())).isEqualTo(odd);
    assertThat(api.published()).extracting(FeedRecord::number).containsExactly(1L, 2L, 3L);
  }

  @Test
  void makesEventsInTheFormThatIsAskedFor() {
    assertThat(FeedRecord.texts(api.feed().appendEvents(2)))
        .containsExactly(
            "{\"id\":1,\"ts\":1704067201,\"name\":\"event 1 ✓\"}",
            "{\"id\":2,\"ts\":1704067202,\"name\":\"event 2 ✓\"}");
    api.feed()
        .format(
            EventFormat.DEFAULT.timestamp("at", TimestampFormat.ISO_8601).payload(id -> "\"v\":0"));
    assertThat(api.feed().appendEvent(Instant.EPOCH).json())
        .isEqualTo("{\"id\":3,\"at\":\"1970-01-01T00:00:00Z\",\"v\":0}");
  }

  @Test
  void refusesRecordsThatAreNotJson() {
    assertThatThrownBy(() -> api.feed().append("{\"id\":1}", "{\"id\":"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A record must be JSON text, but was: {\"id\":");
    assertThat(api.published()).isEmpty();
  }

  @Test
  void keepsFeedsApartAndTheOracleInTheOrderOfPublication() throws Exception {
    api.serve(Endpoint.at("/tenants/{tenant}").feedNamedBy("tenant"));
    api.feed("a").append("1");
    api.feed("b").append("2");
    api.feed("a").append("3");

    assertThat(Http.text(api.url("/tenants/a"))).isEqualTo("[1,3]");
    assertThat(Http.text(api.url("/tenants/b"))).isEqualTo("[2]");
    assertThat(FeedRecord.texts(api.published())).containsExactly("1", "2", "3");
    assertThat(FeedRecord.texts(api.feed("a").published())).containsExactly("1", "3");
  }

  @Test
  void logsRequestsAsTheyCame() throws Exception {
    api.serve("/search", request -> Answer.json("[]"));
    Http.post(api.url("/search?q=a%20b+c&empty="), "{\"since\":7}");

    Request request = api.awaitRequests(1, LIMIT).get(0);
    assertThat(request).hasToString("POST /search?q=a%20b+c&empty=");
    assertThat(request.number()).isEqualTo(1);
    assertThat(request.body()).isEqualTo("{\"since\":7}");
    assertThat(request.param("q")).isEqualTo("a b c");
    assertThat(request.param("empty")).isEmpty();
    assertThat(request.param("since")).isEqualTo("7");
    assertThat(request.param("until")).isNull();
    assertThat(request.header("host")).startsWith("127.0.0.1:");
    assertThat(api.requests("/search")).containsExactly(request);
  }

  @Test
  void waitsForRequestsAndSaysWhatCameInstead() throws Exception {
    api.serve(Endpoint.at("/items"));
    CompletableFuture<Void> asking =
        CompletableFuture.runAsync(
            () -> {
              try {
                Http.get(api.url("/items"));
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    assertThat(api.awaitRequests(1, LIMIT)).hasSize(1);
    asking.join();
    assertThatThrownBy(() -> api.awaitRequests(2, Duration.ofMillis(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Expected 2 requests within PT0.001S, but came: [GET /items]");
  }

  @Test
  void countsHowOftenAFeedWasReadToItsEnd() throws Exception {
    api.serve(Endpoint.at("/data").data("data").pageSize(1).cursor("cursor", "next", Tail.NULL));
    api.feed().append("1", "2");
    String second = api.url("/data?cursor=" + Http.json(api.url("/data")).at("/next").asText());

    assertThat(api.feed().timesReadToTheEnd()).isZero();
    Http.get(second);
    api.fault(Fault.truncated());
    assertThatThrownBy(() -> Http.get(second));
    assertThat(api.feed().timesReadToTheEnd()).isEqualTo(1);
    assertThatThrownBy(() -> api.awaitReadToTheEnd(1, Duration.ofMillis(1)))
        .hasMessageStartingWith("Expected every feed to be read to its end 1 more times");
  }

  @Test
  void appendsInTheMiddleOfACycle() throws Exception {
    api.serve(Endpoint.at("/items"));
    api.beforeAnswer(request -> api.feed().append("\"before " + request.number() + "\""));
    api.afterAnswer(request -> api.feed().append("\"after " + request.number() + "\""));

    assertThat(Http.text(api.url("/items"))).isEqualTo("[\"before 1\"]");
    assertThat(Http.text(api.url("/items"))).isEqualTo("[\"before 1\",\"after 1\",\"before 2\"]");
  }

  @Test
  void answers404WhereNothingIsServed() throws Exception {
    HttpResponse<byte[]> response = Http.get(api.url("/nowhere"));
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).asString().isEqualTo("Nothing is served at /nowhere");
  }

  @Test
  void reportsAFailingHookInsteadOfHidingIt() throws Exception {
    FakeApi other = FakeApi.start();
    other.serve(Endpoint.at("/items"));
    other.beforeAnswer(
        request -> {
          throw new IllegalStateException("hook");
        });
    assertThat(Http.get(other.url("/items")).statusCode()).isEqualTo(500);
    assertThatThrownBy(other::close)
        .isInstanceOf(AssertionError.class)
        .hasMessage("The fake API could not answer")
        .hasRootCauseMessage("hook");
  }
}
