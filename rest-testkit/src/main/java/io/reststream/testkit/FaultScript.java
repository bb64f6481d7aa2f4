package io.reststream.testkit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Decides which request meets which fault: those queued first, then those drawn at random. */
final class FaultScript {

  /** {@code path} is null for a fault that any request may meet. */
  private record Queued(@Nullable String path, Fault fault) {}

  private final List<Queued> queue = new ArrayList<>();
  private Random random = new Random(0);
  private double rate;
  private List<Fault> drawn = List.of();

  synchronized void queue(@Nullable String path, List<Fault> faults) {
    faults.forEach(fault -> queue.add(new Queued(path, fault)));
  }

  synchronized void drawAtRandom(long seed, double newRate, List<Fault> faults) {
    random = new Random(seed);
    rate = newRate;
    drawn = List.copyOf(faults);
  }

  synchronized int pending() {
    return queue.size();
  }

  /** The fault that this request meets; null if none. */
  synchronized @Nullable Fault next(Request request) {
    for (Iterator<Queued> next = queue.iterator(); next.hasNext(); ) {
      Queued queued = next.next();
      if (queued.path() == null || queued.path().equals(request.path())) {
        next.remove();
        return queued.fault();
      }
    }
    boolean unlucky = !drawn.isEmpty() && random.nextDouble() < rate;
    return unlucky ? drawn.get(random.nextInt(drawn.size())) : null;
  }
}
