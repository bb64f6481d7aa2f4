package io.reststream.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.RequestException;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Gate;
import io.reststream.testkit.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JdkTransportTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final FakeApi api = FakeApi.start();
  private final JdkTransport transport = new JdkTransport(LONG);

  @AfterEach
  void close() {
    transport.close();
    api.close();
  }

  private RestRequest request(String method, String path, byte[] body, Duration timeout) {
    Map<String, String> headers = body == null ? Map.of() : Map.of("Content-Type", "text/plain");
    return new RestRequest(method, URI.create(api.url(path)), headers, body, timeout);
  }

  private CompletableFuture<RestResponse> ask(String path, Duration timeout) {
    return transport.send(request("GET", path, null, timeout));
  }

  private RestResponse get(String path) throws Exception {
    return ask(path, LONG).get(30, TimeUnit.SECONDS);
  }

  private static String text(RestResponse response) {
    return new String(response.body(), UTF_8);
  }

  private static void assertRefused(CompletableFuture<RestResponse> answer, String message) {
    assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(RequestException.class)
        .hasMessage(message);
  }

  private static void assertFails(CompletableFuture<RestResponse> answer, String message) {
    assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }

  // requests and answers

  @Test
  void sendsMethodHeadersAndBody() throws Exception {
    api.serve("/x", request -> Answer.json("{}").header("X-Seen", request.body()));
    RestRequest request =
        new RestRequest(
            "POST",
            URI.create(api.url("/x?a=%2F")),
            Map.of("X-A", "1", "Content-Type", "application/json"),
            "{\"ü\":1}".getBytes(UTF_8),
            LONG);
    transport.send(request).get(30, TimeUnit.SECONDS);
    Request seen = api.requests().get(0);
    assertThat(seen.toString()).isEqualTo("POST /x?a=%2F");
    assertThat(seen.body()).isEqualTo("{\"ü\":1}");
    assertThat(seen.header("X-A")).isEqualTo("1");
    assertThat(seen.header("Content-Type")).isEqualTo("application/json");
    assertThat(seen.header("Accept-Encoding")).isEqualTo("gzip, deflate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
  void sendsAnyMethodWithOrWithoutABody(String method) throws Exception {
    api.serve("/x", request -> Answer.json("[]"));
    transport.send(request(method, "/x", null, LONG)).get(30, TimeUnit.SECONDS);
    transport.send(request(method, "/x", new byte[] {'b'}, LONG)).get(30, TimeUnit.SECONDS);
    assertThat(api.requests()).extracting(Request::method).containsExactly(method, method);
    assertThat(api.requests()).extracting(Request::body).containsExactly("", "b");
  }

  @Test
  void answerOfAnyStatusIsAnAnswer() throws Exception {
    api.serve("/x", request -> Answer.status(503).header("Retry-After", "5").body("later"));
    RestResponse response = get("/x");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("retry-after")).contains("5");
    assertThat(text(response)).isEqualTo("later");
  }

  @Test
  void ownAcceptEncodingWins() throws Exception {
    api.serve("/x", request -> Answer.json("[]"));
    URI uri = URI.create(api.url("/x"));
    transport
        .send(new RestRequest("GET", uri, Map.of("accept-encoding", "identity"), null, LONG))
        .get(30, TimeUnit.SECONDS);
    assertThat(api.requests().get(0).headers().get("Accept-Encoding")).containsExactly("identity");
  }

  // codings

  private static byte[] deflated(String text, boolean raw) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes, new Deflater(-1, raw))) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void undoesGzip() throws Exception {
    api.serve("/x", request -> Answer.json("[\"é\"]").gzip());
    assertThat(text(get("/x"))).isEqualTo("[\"é\"]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void undoesDeflateWithAndWithoutItsHeader(boolean raw) throws Exception {
    byte[] body = deflated("[1,2,3,4,5]", raw);
    api.serve("/x", request -> Answer.json("").header("Content-Encoding", "deflate").body(body));
    assertThat(text(get("/x"))).isEqualTo("[1,2,3,4,5]");
  }

  @Test
  void undoesSeveralCodingsFromTheLastToTheFirst() throws Exception {
    byte[] inner = deflated("[1,2]", false);
    byte[] outer = Answer.json("").body(inner).gzip().body();
    api.serve(
        "/x",
        request ->
            Answer.json("").header("Content-Encoding", "identity, Deflate ,GZIP").body(outer));
    assertThat(text(get("/x"))).isEqualTo("[1,2]");
  }

  @Test
  void emptyBodyNeedsNoDecoding() throws Exception {
    api.serve("/x", request -> Answer.status(204).header("Content-Encoding", "gzip"));
    assertThat(get("/x").body()).isEmpty();
  }

  @Test
  void unknownCodingIsAnError() {
    api.serve("/x", request -> Answer.json("[]").header("Content-Encoding", "br"));
    assertFails(
        ask("/x", LONG),
        "the body has the Content-Encoding 'br', but only gzip, deflate can be read");
  }

  @Test
  void bodyThatIsNotItsCodingIsAnError() {
    api.serve("/x", request -> Answer.json("[]").header("Content-Encoding", "gzip"));
    assertFails(ask("/x", LONG), "the body is not the gzip that it says to be");
    byte[] gzip = Answer.json("[1,2,3,4,5,6,7,8,9]").gzip().body();
    byte[] cut = Arrays.copyOf(gzip, gzip.length - 9);
    api.serve("/y", request -> Answer.json("").header("Content-Encoding", "gzip").body(cut));
    assertFails(ask("/y", LONG), "the body is not the gzip that it says to be");
  }

  @Test
  void statusOfAFailureIsNotHiddenByItsCoding() throws Exception {
    api.serve("/x", request -> Answer.status(500).header("Content-Encoding", "br").body("???"));
    RestResponse response = get("/x");
    assertThat(response.status()).isEqualTo(500);
    assertThat(text(response))
        .isEqualTo("(the body has the Content-Encoding 'br', but only gzip, deflate can be read)");
  }

  // redirects

  @ParameterizedTest
  @CsvSource({
    "301, GET, GET, ''",
    "302, POST, GET, ''",
    "301, PUT, PUT, b",
    "303, PUT, GET, ''",
    "307, POST, POST, b",
    "308, PATCH, PATCH, b",
  })
  void redirectIsFollowedWithinItsOrigin(int status, String method, String then, String body)
      throws Exception {
    api.serve("/a/old", request -> Answer.status(status).header("Location", "new?x=1"));
    api.serve("/a/new", request -> Answer.json("[1]"));
    byte[] sent = method.equals("GET") ? null : new byte[] {'b'};
    RestResponse response =
        transport.send(request(method, "/a/old", sent, LONG)).get(30, TimeUnit.SECONDS);
    assertThat(text(response)).isEqualTo("[1]");
    Request second = api.requests().get(1);
    assertThat(second.toString()).isEqualTo(then + " /a/new?x=1");
    assertThat(second.body()).isEqualTo(body);
    assertThat(second.header("Content-Type")).isEqualTo(body.isEmpty() ? null : "text/plain");
  }

  @Test
  void redirectKeepsTheHeaders() throws Exception {
    api.serve("/old", request -> Answer.status(302).header("Location", api.url("/new")));
    api.serve("/new", request -> Answer.json("[1]"));
    URI uri = URI.create(api.url("/old"));
    transport
        .send(new RestRequest("GET", uri, Map.of("Authorization", "Bearer x"), null, LONG))
        .get(30, TimeUnit.SECONDS);
    assertThat(api.requests().get(1).header("Authorization")).isEqualTo("Bearer x");
  }

  @Test
  void redirectToAnotherOriginIsRefused() {
    try (FakeApi other = FakeApi.start()) {
      api.serve("/x", request -> Answer.status(302).header("Location", other.url("/y?token=t")));
      assertRefused(
          ask("/x", LONG),
          "GET "
              + api.url("/x")
              + " failed: a redirect to another origin was refused: option 'allowedHosts' does not name "
              + other.url());
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void redirectsWithoutEndAreAnError() {
    api.serve(
        "/x/{n}",
        request ->
            Answer.status(307)
                .header("Location", (Integer.parseInt(request.param("n")) + 1) + "?token=t"));
    assertRefused(
        ask("/x/0", LONG),
        "GET "
            + api.url("/x/0")
            + " failed: more than 5 redirects, one after the other, the last to GET "
            + api.url("/x/6?token=****"));
    assertThat(api.requests()).hasSize(6);
  }

  @Test
  void redirectToNowhereIsAnError() {
    api.serve("/x", request -> Answer.status(302).header("Location", "http://[x/?token=hidden"));
    assertRefused(
        ask("/x", LONG),
        "GET " + api.url("/x") + " failed: a redirect leads to no address: http://[x/?token=****");
  }

  @Test
  void redirectWithoutALocationAndNotModifiedAreAnswers() throws Exception {
    api.serve("/x", request -> Answer.status(302));
    assertThat(get("/x").status()).isEqualTo(302);
    api.serve("/y", request -> Answer.status(304).header("Location", "/x"));
    assertThat(get("/y").status()).isEqualTo(304);
  }

  // faults

  @Test
  void timeoutCoversTheWholeBody() throws Exception {
    api.serve("/x", request -> Answer.json("[1,2,3]"));
    Gate gate = new Gate();
    api.fault(Fault.stalled(gate));
    CompletableFuture<RestResponse> answer = ask("/x", SHORT);
    gate.awaitArrivals(1, LONG);
    assertFails(answer, "no whole answer within 300 ms (readTimeout)");
    gate.open();
  }

  @Test
  void timeoutCoversABodyThatComesInDrips() {
    api.serve("/x", request -> Answer.json("[" + "1,".repeat(500) + "1]"));
    api.fault(Fault.drip(1, Duration.ofMillis(20)));
    assertFails(ask("/x", SHORT), "no whole answer within 300 ms (readTimeout)");
  }

  @Test
  void timeoutOfZeroIsNone() throws Exception {
    api.serve("/x", request -> Answer.json("[1,2,3]"));
    api.fault(Fault.drip(2, Duration.ofMillis(5)));
    assertThat(text(ask("/x", Duration.ZERO).get(30, TimeUnit.SECONDS))).isEqualTo("[1,2,3]");
  }

  @Test
  void resetIsAnError() {
    api.serve("/x", request -> Answer.json("[]"));
    api.fault(Fault.reset(), Fault.reset(), Fault.reset(), Fault.reset());
    assertFails(ask("/x", LONG), "HTTP/1.1 header parser received no bytes");
  }

  @Test
  void bodyThatIsCutOffIsAnError() {
    api.serve("/x", request -> Answer.json("[1,2,3,4]"));
    api.fault(Fault.truncated());
    assertThatThrownBy(() -> ask("/x", LONG).get(30, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("9")
        .hasMessageContaining("4");
  }

  @Test
  void portWhereNobodyListensIsNamed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    URI uri = URI.create("http://127.0.0.1:" + port + "/x?token=hidden");
    assertFails(
        transport.send(new RestRequest("GET", uri, Map.of(), null, LONG)),
        "no connection to http://127.0.0.1:" + port);
  }

  @Test
  void requestThatCannotBeSentFailsItsFuture() {
    URI noHost = URI.create("http:///x");
    assertThat(transport.send(new RestRequest("GET", noHost, Map.of(), null, LONG)))
        .isCompletedExceptionally();
    URI uri = URI.create(api.url("/x"));
    assertThat(transport.send(new RestRequest("GET", uri, Map.of("Host", "x"), null, LONG)))
        .isCompletedExceptionally();
  }

  // cancelling and closing

  @Test
  void cancellingAbortsTheExchange() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/x");
      CompletableFuture<RestResponse> answer =
          transport.send(new RestRequest("GET", uri, Map.of(), null, Duration.ZERO));
      try (Socket connection = server.accept()) {
        InputStream in = connection.getInputStream();
        assertThat((char) in.read()).isEqualTo('G');
        assertThat(answer.cancel(true)).isTrue();
        assertThatThrownBy(answer::join).isInstanceOf(CancellationException.class);
        readToTheEnd(in); // which comes only when the client closes
      }
    }
  }

  private static void readToTheEnd(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException reset) {
      assertThat(reset).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void closingEndsWhatIsUnderWay() throws Exception {
    api.serve("/x", request -> Answer.json("[]"));
    Gate gate = new Gate();
    api.fault(Fault.held(gate), Fault.held(gate));
    List<CompletableFuture<RestResponse>> answers = List.of(ask("/x", LONG), ask("/x", LONG));
    gate.awaitArrivals(2, LONG);
    transport.close();
    for (CompletableFuture<RestResponse> answer : answers) {
      assertFails(answer, "the transport was closed");
    }
    assertFails(ask("/x", LONG), "the transport was closed");
    assertThat(api.requests()).hasSize(2);
  }
}
