package io.reststream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String WHOLE = "[{\"id\":1},{\"id\":2}]";

  private final FakeApi api = FakeApi.start();
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void serve() {
    api.serve(Endpoint.at("/items"), Endpoint.at("/others"));
    api.feed().append("{\"id\":1}", "{\"id\":2}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private CompletableFuture<HttpResponse<String>> ask() {
    return client.sendAsync(Http.request(api.url("/items")).build(), BodyHandlers.ofString());
  }

  @Test
  void meetsTheNextRequestsOneEachAndThenNoMore() throws Exception {
    api.fault(Fault.tooManyRequests("1.5"), Fault.status(503).body("later"));

    HttpResponse<byte[]> first = Http.get(api.url("/items"));
    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.headers().firstValue("Retry-After")).hasValue("1.5");
    HttpResponse<byte[]> second = Http.get(api.url("/items"));
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.body()).asString().isEqualTo("later");
    assertThat(Http.text(api.url("/items"))).isEqualTo(WHOLE);
    assertThat(api.pendingFaults()).isZero();
  }

  @Test
  void meetsOnlyThePathThatItIsMeantFor() throws Exception {
    api.fault("/items", Fault.status(401));
    assertThat(Http.get(api.url("/others")).statusCode()).isEqualTo(200);
    assertThat(Http.get(api.url("/items")).statusCode()).isEqualTo(401);
  }

  @Test
  void closesTheConnectionBeforeTheHeaders() {
    api.fault(Fault.reset(), Fault.reset());
    assertThatThrownBy(() -> Http.get(api.url("/items"))).isInstanceOf(IOException.class);
    assertThat(api.pendingFaults()).isZero();
  }

  @Test
  void truncatesTheBody() throws Exception {
    api.fault(Fault.truncated());
    assertThatThrownBy(() -> Http.get(api.url("/items")))
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("fixed content-length: 19, bytes received: 9");
  }

  @Test
  void sendsHalfAJsonTextOrAPageInHtmlWithStatus200() throws Exception {
    api.fault(Fault.malformed(), Fault.html());
    HttpResponse<byte[]> malformed = Http.get(api.url("/items"));
    assertThat(malformed.statusCode()).isEqualTo(200);
    assertThat(malformed.body()).asString().isEqualTo("[{\"id\":1}");
    HttpResponse<byte[]> html = Http.get(api.url("/items"));
    assertThat(html.statusCode()).isEqualTo(200);
    assertThat(html.body()).asString().startsWith("<html>");
  }

  @Test
  void stallsAfterTheHeadersUntilReleased() throws Exception {
    Gate gate = new Gate();
    api.fault(Fault.stalled(gate));
    HttpResponse<InputStream> response =
        client.send(Http.request(api.url("/items")).build(), BodyHandlers.ofInputStream());
    gate.awaitArrivals(1, LIMIT);
    assertThat(response.body().available()).isZero();
    gate.open();
    assertThat(response.body().readAllBytes()).asString().isEqualTo(WHOLE);
  }

  @Test
  void holdsTheWholeAnswerUntilReleased() throws Exception {
    Gate gate = new Gate();
    api.fault(Fault.held(gate));
    CompletableFuture<HttpResponse<String>> asking = ask();
    gate.awaitArrivals(1, LIMIT);
    api.feed().append("{\"id\":3}");
    assertThat(asking).isNotDone();
    gate.open();
    assertThat(asking.join().body()).isEqualTo("[{\"id\":1},{\"id\":2},{\"id\":3}]");
  }

  @Test
  void letsGoOfWhatItHoldsWhenClosed() throws Exception {
    FakeApi other = FakeApi.start();
    Gate gate = new Gate();
    other.serve(Endpoint.at("/items")).fault(Fault.stalled(gate));
    CompletableFuture<HttpResponse<String>> asking =
        client.sendAsync(Http.request(other.url("/items")).build(), BodyHandlers.ofString());
    gate.awaitArrivals(1, LIMIT);
    other.close();
    assertThat(asking.handle((response, failure) -> failure == null ? "answered" : "failed"))
        .succeedsWithin(LIMIT);
  }

  @Test
  void dripsTheBody() {
    api.fault(Fault.drip(1, Duration.ofMillis(1)));
    assertThat(ask().join().body()).isEqualTo(WHOLE);
  }

  @Test
  void drawsFaultsAtRandomTheSameWayForTheSameSeed() throws Exception {
    assertThat(statuses(42)).isEqualTo(statuses(42)).contains(200, 500, 503);
    assertThat(statuses(43)).isNotEqualTo(statuses(42));
  }

  private List<Integer> statuses(long seed) throws Exception {
    api.faultsAtRandom(seed, 0.5, Fault.status(500), Fault.status(503));
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      statuses.add(Http.get(api.url("/items")).statusCode());
    }
    return statuses;
  }
}
