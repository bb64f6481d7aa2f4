package io.reststream.testkit;

import java.time.Duration;

/**
 * Holds requests back until a test opens it, and lets the test wait until one is held.
 *
 * <pre>{@code
 * Gate gate = new Gate();
 * api.fault(Fault.held(gate));
 * // start the reader
 * gate.awaitArrivals(1, Duration.ofSeconds(10));
 * gate.open();
 * }</pre>
 *
 * <p>Closing the API opens its gates.
 */
public final class Gate {

  private static final Duration FOREVER = Duration.ofDays(1);

  private final Signal signal = new Signal();
  private boolean open;
  private int arrivals;

  /** Lets everything pass, now and later. */
  public void open() {
    signal.update(() -> open = true);
  }

  /** How many requests have come to this gate so far. */
  public int arrivals() {
    return signal.read(() -> arrivals);
  }

  /**
   * Waits until at least {@code count} requests have come to this gate.
   *
   * @throws AssertionError if they have not within {@code limit}
   */
  public void awaitArrivals(int count, Duration limit) throws InterruptedException {
    if (!signal.await(() -> arrivals >= count, limit)) {
      throw new AssertionError(
          "Expected %d requests at the gate within %s, but %d came"
              .formatted(count, limit, arrivals()));
    }
  }

  void pass() throws InterruptedException {
    signal.update(() -> ++arrivals);
    signal.await(() -> open, FOREVER);
  }
}
