package io.reststream.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that takes its time, at each place where it can. */
@Timeout(60)
class TimeoutsTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[1,2",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n[1,2\r\n",
        "HTTP/1.1 103 Early Hints\r\n\r\n",
      })
  void serverThatStallsIsLeft(String reply) throws Exception {
    try (RawServer server = RawServer.start(reply);
        JdkTransport transport = new JdkTransport(Sending.USUAL)) {
      RestRequest request = Sending.get(server.url("/x"), Map.of(), SHORT);
      assertThat(Sending.failure(transport.send(request)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(PermanentException.class)
          .hasMessage("no whole answer within 300 ms (readTimeout)");
      assertThat(server.closedByClient().await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void bodyThatDripsIsLeft() throws Exception {
    RawServer.Reply drip =
        out -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(UTF_8));
          while (true) {
            out.write(' ');
            out.flush();
            pause();
          }
        };
    try (RawServer server = RawServer.start(drip);
        JdkTransport transport = new JdkTransport(Sending.USUAL)) {
      RestRequest request = Sending.get(server.url("/x"), Map.of(), SHORT);
      assertThat(Sending.failure(transport.send(request)))
          .hasMessage("no whole answer within 300 ms (readTimeout)");
      assertThat(server.closedByClient().await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(20); // the pace of the drip; nothing waits for it
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void tlsThatNeverComesAboutIsLeft() throws Exception {
    try (RawServer server = RawServer.start("");
        JdkTransport transport = new JdkTransport(Sending.USUAL)) {
      String url = server.url("/x").replace("http:", "https:");
      assertThat(Sending.failure(transport.send(Sending.get(url, Map.of(), SHORT))))
          .hasMessage("no whole answer within 300 ms (readTimeout)");
      assertThat(server.closedByClient().await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void redirectsShareOneTimeout() throws Exception {
    try (RawServer server = RawServer.start("");
        RawServer first =
            RawServer.start(
                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
                    + server.url("/y")
                    + "\r\n\r\n");
        JdkTransport transport = new JdkTransport(Sending.allowing(server.url("")))) {
      RestRequest request = Sending.get(first.url("/x"), Map.of(), Duration.ofSeconds(1));
      assertThat(Sending.failure(transport.send(request)))
          .hasMessage("no whole answer within 1000 ms (readTimeout)");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** Linux leaves a connection in limbo while the queue of those not yet accepted is full. */
  @Test
  void connectionThatNeverComesAboutIsLeft() throws Exception {
    List<SocketChannel> queued = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        JdkTransport transport = new JdkTransport(SHORT)) {
      for (int i = 0; i < 8; i++) {
        SocketChannel channel = SocketChannel.open();
        queued.add(channel);
        channel.configureBlocking(false);
        channel.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()));
      }
      String origin = "http://127.0.0.1:" + server.getLocalPort();
      assertThat(Sending.failure(transport, origin + "/x"))
          .isNotInstanceOf(PermanentException.class)
          .hasMessage("no connection to " + origin + " within 300 ms (connectionTimeout)");
    } finally {
      for (SocketChannel channel : queued) {
        channel.close();
      }
    }
  }
}
