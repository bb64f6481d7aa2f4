package io.reststream.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is proxy and API in one: what comes after a CONNECT is TLS. */
@Timeout(60)
class ProxyTest {
  private static final String PASSWORD = "pässword";
  private static final String CREDENTIALS =
      "Basic " + Base64.getEncoder().encodeToString(("me:" + PASSWORD).getBytes(UTF_8));

  /** The API's address, which nobody but the proxy has to know. */
  private static final String API = "https://127.0.0.1:1/x?since=1";

  private static final String PLAIN_API = "http://127.0.0.1:1/x?since=1";

  @TempDir private Path directory;
  private MockWebServer server;
  private JdkTransport transport;

  @BeforeEach
  void start() throws IOException {
    server = Certificates.server(Certificates.SERVER, Protocol.HTTP_2, Protocol.HTTP_1_1);
  }

  @AfterEach
  void stop() {
    transport.close();
    server.close();
  }

  /** A plain server in place of the one with TLS. */
  private void startPlain() throws IOException {
    server.close();
    server = new MockWebServer();
    server.start(InetAddress.getByName("127.0.0.1"), 0);
  }

  private void open(String user) {
    ProxySettings proxy =
        new ProxySettings("127.0.0.1", server.getPort(), user, () -> user == null ? "" : PASSWORD);
    transport = new JdkTransport(Sending.through(proxy, Certificates.trusting(directory)));
  }

  private String proxy() {
    return "the proxy 127.0.0.1:" + server.getPort() + " (option 'proxy')";
  }

  private void answer(int code, boolean inTunnel) {
    MockResponse.Builder answer = new MockResponse.Builder().code(code);
    server.enqueue((inTunnel ? answer.clearHeaders().inTunnel() : answer.body("[1]")).build());
  }

  @Test
  void plainHttpIsAskedOfTheProxy() throws Exception {
    startPlain();
    open(null);
    answer(200, false);
    assertThat(Sending.text(transport, "http://api.example.com/x?since=1")).isEqualTo("[1]");
    RecordedRequest request = server.takeRequest();
    assertThat(request.getRequestLine()).isEqualTo("GET http://api.example.com/x?since=1 HTTP/1.1");
    assertThat(request.getHeaders().get("Proxy-Authorization")).isNull();
  }

  @Test
  void proxyHearsWhoAsks() throws Exception {
    startPlain();
    open("me");
    answer(200, false);
    assertThat(Sending.text(transport, "http://api.example.com/x")).isEqualTo("[1]");
    assertThat(server.takeRequest().getHeaders().get("Proxy-Authorization")).isEqualTo(CREDENTIALS);
  }

  @Test
  void httpsGoesThroughATunnel() throws Exception {
    open(null);
    answer(200, true);
    answer(200, false);
    assertThat(Sending.text(transport, API)).isEqualTo("[1]");
    assertTunneled(null);
  }

  /** The JDK reads the flag once, so that only a JVM of its own can have it. */
  @Test
  void withAFlagOfTheJvmTheProxyOfHttpsHearsWhoAsksAndTheApiDoesNot() throws Exception {
    open("me");
    answer(200, true);
    answer(200, false);
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.http.auth.tunneling.disabledSchemes=",
                "-cp",
                System.getProperty("java.class.path"),
                Tunnel.class.getName(),
                Integer.toString(server.getPort()),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(jvm.getInputStream().readAllBytes(), UTF_8)).endsWith("[1]");
    assertTunneled(CREDENTIALS);
  }

  /** What the other JVM runs. */
  static final class Tunnel {
    public static void main(String[] args) throws Exception {
      ProxySettings proxy =
          new ProxySettings("127.0.0.1", Integer.parseInt(args[0]), "me", () -> PASSWORD);
      TlsSettings tls =
          new TlsSettings(new TrustStore(Path.of(args[1], "ca.pem").toString(), null), null);
      try (JdkTransport transport = new JdkTransport(Sending.through(proxy, tls))) {
        System.out.print(Sending.text(transport, API));
      }
    }
  }

  private void assertTunneled(String credentials) throws Exception {
    RecordedRequest connect = server.takeRequest();
    assertThat(connect.getRequestLine()).isEqualTo("CONNECT 127.0.0.1:1 HTTP/1.1");
    assertThat(connect.getHeaders().get("Proxy-Authorization")).isEqualTo(credentials);
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/x?since=1");
    assertThat(request.getHandshake()).isNotNull();
    assertThat(request.getHeaders().get("Proxy-Authorization")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {API, PLAIN_API})
  void proxyThatWantsAUserIsNamed(String url) throws Exception {
    if (url.equals(PLAIN_API)) {
      startPlain();
    }
    open(null);
    server.enqueue(challenge(url.equals(API)));
    assertThat(Sending.failure(transport, url))
        .isInstanceOf(PermanentException.class)
        .hasMessage(proxy() + " wants a user: set 'proxyUser' and 'proxyPassword'");
  }

  @Test
  void proxyThatRefusesTheUserIsNamed() throws Exception {
    startPlain();
    open("me");
    server.enqueue(challenge(false));
    assertThat(Sending.failure(transport, PLAIN_API))
        .isInstanceOf(PermanentException.class)
        .hasMessage(
            proxy()
                + " refused 'proxyUser' and 'proxyPassword'; it asks for 'Basic realm=\"x\"', and"
                + " Basic is what can be given");
  }

  @Test
  void flagThatTheJvmNeedsForAProxyOfHttpsIsNamed() {
    open("me");
    server.enqueue(challenge(true));
    assertThat(Sending.failure(transport, API))
        .isInstanceOf(PermanentException.class)
        .hasMessage(
            proxy()
                + " wants a user, but this JVM gives none to a proxy of https: start it with"
                + " -Djdk.http.auth.tunneling.disabledSchemes=");
  }

  private static MockResponse challenge(boolean tunnel) {
    MockResponse.Builder answer =
        new MockResponse.Builder().code(407).addHeader("Proxy-Authenticate", "Basic realm=\"x\"");
    return (tunnel ? answer.inTunnel() : answer).build();
  }

  @Test
  void tunnelThatIsRefusedIsNamed() {
    open("me");
    answer(403, true);
    assertThat(Sending.failure(transport, API))
        .isInstanceOf(PermanentException.class)
        .hasMessage(proxy() + " answered status 403 when asked to connect to https://127.0.0.1:1");
    answer(503, true);
    assertThat(Sending.failure(transport, API))
        .isNotInstanceOf(PermanentException.class)
        .hasMessage(proxy() + " answered status 503 when asked to connect to https://127.0.0.1:1");
  }

  @Test
  void proxyThatIsNotThereIsNamed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    transport =
        new JdkTransport(Sending.through(ProxySettings.of("127.0.0.1", port), TlsSettings.USUAL));
    for (String url : List.of(API, PLAIN_API)) {
      assertThat(Sending.failure(transport, url))
          .isNotInstanceOf(PermanentException.class)
          .hasMessage("no connection to the proxy 127.0.0.1:%d (option 'proxy')".formatted(port));
    }
  }

  @Test
  void credentialsAreNotShown() {
    ProxySettings proxy = new ProxySettings("h", 1, "me", () -> PASSWORD);
    transport = new JdkTransport(Sending.USUAL);
    assertThat(proxy.toString()).isEqualTo("h:1");
    assertThat(Sending.through(proxy, TlsSettings.USUAL).toString()).doesNotContain(PASSWORD);
  }
}
