package io.reststream.core;

import java.time.Instant;

/** Until when an API wants to be left alone by all who ask it. */
final class Pause {
  private volatile Wait wished = new Wait(Instant.MIN, "");

  /** Makes it longer; gives whether that is longer than before. */
  synchronized boolean extend(Instant until, String why) {
    boolean longer = until.isAfter(wished.until());
    if (longer) {
      wished = new Wait(until, why);
    }
    return longer;
  }

  /** The wait; one that is over if the API never wished for any. */
  Wait wished() {
    return wished;
  }
}
