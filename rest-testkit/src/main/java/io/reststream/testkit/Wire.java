package io.reststream.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The server's end of one request: what a {@link Fault} can do to an answer on its way out. */
final class Wire {

  private final HttpExchange exchange;
  private final Set<Gate> gates;
  private final CountDownLatch closed;

  /** {@code gates} are opened by whoever counts {@code closed} down. */
  Wire(HttpExchange exchange, Set<Gate> gates, CountDownLatch closed) {
    this.exchange = exchange;
    this.gates = gates;
    this.closed = closed;
  }

  /** Sends all of it. */
  void send(Answer answer) throws IOException {
    begin(answer);
    write(answer, 0, answer.bodyUnshared().length);
    end(answer);
  }

  /** Sends the headers, which promise the whole body. */
  void begin(Answer answer) throws IOException {
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      exchange.getResponseHeaders().add(header.getKey(), header.getValue());
    }
    int length = answer.bodyUnshared().length;
    exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
  }

  /** Sends the bytes of the body in the given range. */
  void write(Answer answer, int from, int to) throws IOException {
    if (to > from) {
      exchange.getResponseBody().write(answer.bodyUnshared(), from, to - from);
      exchange.getResponseBody().flush();
    }
  }

  /** Ends an answer that was sent whole. */
  void end(Answer answer) {
    exchange.close();
    answer.delivered();
  }

  /** Closes the connection at this point, wherever the answer is. */
  void cut() {
    exchange.close();
  }

  /** Waits for the gate, or until the API is closed. */
  void waitFor(Gate gate) throws InterruptedException {
    gates.add(gate);
    if (closed.getCount() == 0) {
      gate.open();
    }
    gate.pass();
  }

  /** Lets time pass between two writes; ends early when the API is closed. */
  void pause(Duration duration) throws InterruptedException {
    if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
      cut();
    }
  }
}
