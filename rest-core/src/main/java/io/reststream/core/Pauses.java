package io.reststream.core;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Until when the API wants to be left alone: by all inputs, or by one whose cycle is over. In
 * memory only, since it is no more than politeness.
 */
final class Pauses {
  private final Pause all;
  private final Map<Input, Instant> cycles = new ConcurrentHashMap<>();
  private volatile Consumer<Instant> listener = until -> {};

  /** Pauses of a poller, of which the one of all inputs may be that of other pollers too. */
  Pauses(Pause all) {
    this.all = all;
  }

  /** Tells every longer pause that the API asks for to somebody. */
  void onPause(Consumer<Instant> told) {
    listener = told;
  }

  /** The wait before an input may be asked; null if it may be now. */
  @Nullable Wait due(Input input, Position position, Instant now) {
    Wait pause = all.wished();
    Instant cycle = position.betweenCycles() ? cycles.get(input) : null;
    if (cycle != null && !now.isBefore(cycle)) {
      cycles.remove(input);
      cycle = null;
    }
    if (cycle != null && cycle.isAfter(pause.until())) {
      return new Wait(cycle, "the API says when to poll again");
    }
    return now.isBefore(pause.until()) ? pause : null;
  }

  /** All inputs wait. */
  void pause(Instant until, String why) {
    boolean unused = all.extend(until, why);
  }

  /** All inputs wait since the API asks for it, and others are told. */
  void askedFor(Instant until, String why) {
    if (all.extend(until, why)) {
      listener.accept(until);
    }
  }

  /** An input's next cycle waits. */
  void nextCycle(Input input, Instant at) {
    cycles.put(input, at);
  }

  /** Until when all inputs wait; {@link Instant#MIN} if they never had to. */
  Instant until() {
    return all.wished().until();
  }
}
