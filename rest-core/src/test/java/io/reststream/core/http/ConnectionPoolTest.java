package io.reststream.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections are kept, and outlive neither the server nor anybody's patience. */
@Timeout(60)
class ConnectionPoolTest {
  @TempDir private Path directory;

  private static MockWebServer start(boolean tls, int port) throws IOException {
    MockWebServer server = new MockWebServer();
    if (tls) {
      server.useHttps(
          new HandshakeCertificates.Builder()
              .heldCertificate(Certificates.SERVER)
              .build()
              .sslSocketFactory());
    }
    server.start(InetAddress.getByName("127.0.0.1"), port);
    return server;
  }

  /** A port that was asked for may be taken again at once, one that was given may not. */
  private static MockWebServer startWhereItCanStartAgain(boolean tls) throws IOException {
    while (true) {
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        port = free.getLocalPort();
      }
      try {
        return start(tls, port);
      } catch (BindException e) {
        continue; // somebody else was given it
      }
    }
  }

  private static MockResponse answer() {
    return new MockResponse.Builder().body("[1]").build();
  }

  @ParameterizedTest
  @CsvSource({"false, GET", "false, POST", "true, GET", "true, POST"})
  void serverMayRestartBetweenTwoRequests(boolean tls, String method) throws Exception {
    MockWebServer first = startWhereItCanStartAgain(tls);
    int port = first.getPort();
    String url = (tls ? "https" : "http") + "://127.0.0.1:" + port + "/x";
    try (JdkTransport transport =
        new JdkTransport(Sending.secured(Certificates.trusting(directory), HttpVersion.AUTO))) {
      first.enqueue(answer());
      assertThat(Sending.text(transport, url)).isEqualTo("[1]");
      first.close();
      try (MockWebServer second = start(tls, port)) {
        byte[] body = method.equals("POST") ? new byte[] {'1'} : null;
        RestRequest sent = Sending.get(url);
        RestRequest request =
            new RestRequest(method, sent.uri(), sent.headers(), body, sent.timeout());
        second.enqueue(answer());
        RestResponse response = afterPassingFaults(transport, request);
        assertThat(response.status()).isEqualTo(200);
        assertThat(second.getRequestCount()).isEqualTo(1);
      }
    }
  }

  /** The answer; if the pool has not noticed yet, after one failure that is retried. */
  private static RestResponse afterPassingFaults(JdkTransport transport, RestRequest request)
      throws Exception {
    try {
      return transport.send(request).join();
    } catch (CompletionException e) {
      assertThat(e.getCause())
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(PermanentException.class);
      return Sending.answer(transport, request);
    }
  }

  @Test
  void connectionIsUsedAgain() throws Exception {
    try (MockWebServer server = start(false, 0);
        JdkTransport transport = new JdkTransport(Sending.USUAL)) {
      String url = "http://127.0.0.1:" + server.getPort() + "/x";
      for (int i = 0; i < 5; i++) {
        server.enqueue(answer());
        Sending.text(transport, url);
        assertThat(server.takeRequest().getConnectionIndex()).isZero();
      }
    }
  }

  @Test
  void connectionWhoseAnswerWasRefusedIsNotUsedAgain() throws Exception {
    try (MockWebServer server = start(false, 0);
        JdkTransport transport = new JdkTransport(Sending.limited(10))) {
      String url = "http://127.0.0.1:" + server.getPort() + "/x";
      server.setProtocols(List.of(Protocol.HTTP_1_1));
      server.enqueue(new MockResponse.Builder().body("x".repeat(1_000_000)).build());
      server.enqueue(answer());
      assertThat(Sending.failure(transport, url)).isInstanceOf(PermanentException.class);
      assertThat(Sending.text(transport, url)).isEqualTo("[1]");
    }
  }
}
