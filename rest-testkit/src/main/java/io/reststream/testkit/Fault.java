package io.reststream.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Something that goes wrong with one answer.
 *
 * <pre>{@code
 * api.fault(Fault.tooManyRequests("1.5"), Fault.status(503).body("later"));
 * api.fault("/events", Fault.truncated());
 * api.faultsAtRandom(42, 0.1, Fault.reset(), Fault.status(503), Fault.truncated());
 * }</pre>
 */
public sealed interface Fault {

  /** Answers with a status and nothing else; add headers and a body to taste. */
  static Replaced status(int status) {
    return new Replaced(Answer.status(status));
  }

  /** Answers 429 with a {@code Retry-After} as given: seconds, decimals or an HTTP date. */
  static Replaced tooManyRequests(String retryAfter) {
    return status(429).header("Retry-After", retryAfter);
  }

  /** Answers 200 with an HTML page, as proxies do. */
  static Replaced html() {
    return new Replaced(Answer.html("<html><body>Please log in</body></html>"));
  }

  /**
   * Closes the connection before any byte of the answer. The JDK's client then repeats a GET once
   * by itself, so that it takes two of them in a row for a call to fail.
   */
  static Reset reset() {
    return new Reset();
  }

  /** Promises the whole body, sends half of it and closes the connection. */
  static Truncated truncated() {
    return new Truncated(0.5);
  }

  /** Sends half of the JSON text as if it were all. */
  static Malformed malformed() {
    return new Malformed();
  }

  /** Sends the headers, and the body once the gate is open. */
  static Stalled stalled(Gate gate) {
    return new Stalled(gate);
  }

  /** Sends nothing until the gate is open; the answer is made up only then. */
  static Held held(Gate gate) {
    return new Held(gate);
  }

  /** Sends the body a few bytes at a time. */
  static Drip drip(int bytes, Duration pause) {
    return new Drip(bytes, pause);
  }

  /** Answers one request; {@code answer} is what the API would say, asked for at most once. */
  void answer(Wire wire, Supplier<Answer> answer) throws IOException, InterruptedException;

  /** Another answer instead of the API's; what serves the path is not asked. */
  record Replaced(Answer instead) implements Fault {

    /** The same with one more header. */
    public Replaced header(String name, String value) {
      return new Replaced(instead.header(name, value));
    }

    /** The same with a body. */
    public Replaced body(String text) {
      return new Replaced(instead.body(text));
    }

    @Override
    public void answer(Wire wire, Supplier<Answer> answer) throws IOException {
      wire.send(instead);
    }
  }

  /** See {@link #reset()}. */
  record Reset() implements Fault {
    @Override
    public void answer(Wire wire, Supplier<Answer> answer) {
      wire.cut();
    }
  }

  /**
   * See {@link #truncated()}.
   *
   * @param sent the part of the body that is sent, from 0 to below 1
   */
  record Truncated(double sent) implements Fault {
    @Override
    public void answer(Wire wire, Supplier<Answer> answer) throws IOException {
      Answer whole = answer.get();
      wire.begin(whole);
      wire.write(whole, 0, (int) (whole.bodyUnshared().length * sent));
      wire.cut();
    }
  }

  /** See {@link #malformed()}. */
  record Malformed() implements Fault {
    @Override
    public void answer(Wire wire, Supplier<Answer> answer) throws IOException {
      Answer whole = answer.get();
      byte[] body = whole.bodyUnshared();
      wire.send(Answer.json("{").body(body.length < 2 ? new byte[] {'{'} : half(body)));
    }

    private static byte[] half(byte[] body) {
      return Arrays.copyOf(body, body.length / 2);
    }
  }

  /** See {@link #stalled(Gate)}. */
  record Stalled(Gate gate) implements Fault {
    @Override
    public void answer(Wire wire, Supplier<Answer> answer)
        throws IOException, InterruptedException {
      Answer whole = answer.get();
      wire.begin(whole);
      wire.waitFor(gate);
      wire.write(whole, 0, whole.bodyUnshared().length);
      wire.end(whole);
    }
  }

  /** See {@link #held(Gate)}. */
  record Held(Gate gate) implements Fault {
    @Override
    public void answer(Wire wire, Supplier<Answer> answer)
        throws IOException, InterruptedException {
      wire.waitFor(gate);
      wire.send(answer.get());
    }
  }

  /**
   * See {@link #drip(int, Duration)}.
   *
   * @param bytes how many at a time
   * @param pause how long between two
   */
  record Drip(int bytes, Duration pause) implements Fault {
    @Override
    public void answer(Wire wire, Supplier<Answer> answer)
        throws IOException, InterruptedException {
      Answer whole = answer.get();
      int length = whole.bodyUnshared().length;
      wire.begin(whole);
      for (int from = 0; from < length; from += bytes) {
        wire.write(whole, from, Math.min(length, from + bytes));
        wire.pause(pause);
      }
      wire.end(whole);
    }
  }
}
