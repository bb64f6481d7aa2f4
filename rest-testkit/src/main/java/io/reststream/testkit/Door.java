package io.reststream.testkit;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A second address of an API, at which nobody listens until it is opened: a connection is refused.
 *
 * <pre>{@code
 * Door door = api.door();
 * // a request for door.url("/log") is refused
 * door.open();
 * // it is answered as one for api.url("/log")
 * door.shut();
 * }</pre>
 */
public final class Door {
  private final HttpHandler handler;
  private final Executor threads;

  /** Bound, but not listening: nobody else is given the port. */
  private final Socket port = new Socket();

  private @Nullable HttpServer server;

  Door(HttpHandler handler, Executor threads) {
    this.handler = handler;
    this.threads = threads;
    try {
      port.setReuseAddress(true);
      port.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is, such as {@code http://127.0.0.1:40001}. */
  public String url() {
    return "http://127.0.0.1:" + port.getLocalPort();
  }

  /** The address of a path with its query. */
  public String url(String target) {
    return url() + target;
  }

  /** Whether it lets requests in. */
  public synchronized boolean isOpen() {
    return server != null;
  }

  /** Lets requests in. */
  public synchronized void open() {
    try {
      HttpServer opened =
          HttpServer.create(new InetSocketAddress(port.getLocalAddress(), port.getLocalPort()), 0);
      opened.setExecutor(threads);
      opened.createContext("/", handler);
      opened.start();
      server = opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets none in, and drops the connections of those that were. */
  public synchronized void shut() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  /** Shuts it for good. */
  void close() {
    shut();
    try {
      port.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
