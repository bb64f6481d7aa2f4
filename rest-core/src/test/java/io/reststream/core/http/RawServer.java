package io.reststream.core.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers on sockets in any way at all, also in ways that no HTTP server would. */
final class RawServer implements AutoCloseable {

  /** What is said once the head of a request was read. */
  interface Reply {
    void to(OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final Reply reply;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch closedByClient = new CountDownLatch(1);

  private RawServer(ServerSocket server, Reply reply) {
    this.server = server;
    this.reply = reply;
  }

  /** Reads a request, replies, and keeps the connection open until the client closes it. */
  static RawServer start(Reply reply) throws IOException {
    RawServer raw =
        new RawServer(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), reply);
    daemon(raw::accept);
    return raw;
  }

  static RawServer start(String reply) throws IOException {
    return start(out -> out.write(reply.getBytes(ISO_8859_1)));
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        connections.incrementAndGet();
        daemon(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (int last = 0; last != ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n'); ) {
        int octet = in.read();
        if (octet < 0) {
          return;
        }
        last = last << 8 | octet;
      }
      reply.to(socket.getOutputStream());
      socket.getOutputStream().flush();
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException reset) {
      // is how a client may close
    } finally {
      closedByClient.countDown();
    }
  }

  int port() {
    return server.getLocalPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  int connections() {
    return connections.get();
  }

  /** Is counted down when a client has closed its connection. */
  CountDownLatch closedByClient() {
    return closedByClient;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
