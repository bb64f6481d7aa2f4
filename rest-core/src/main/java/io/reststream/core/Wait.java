package io.reststream.core;

import java.time.Instant;

/**
 * Nothing may be asked yet. Whoever polls waits in its own way and polls again with the same
 * position.
 *
 * @param until when asking makes sense again
 * @param why the reason, for people: for example {@code "next cycle"}
 * @param caughtUp whether there is nothing to read before that time, whatever the pace
 */
public record Wait(Instant until, String why, boolean caughtUp) implements Polled {

  /** A wait for something else than what there is to read. */
  public Wait(Instant until, String why) {
    this(until, why, false);
  }
}
