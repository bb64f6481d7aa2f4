package io.reststream.testkit.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes do, which can only be seen by looking again and again. */
public final class Until {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Until() {}

  public interface Look<T> {
    Optional<T> look() throws Exception;
  }

  public interface Condition {
    boolean holds() throws Exception;
  }

  /**
   * Looks until something is found.
   *
   * @throws AssertionError naming {@code what}, if it is not found within {@code limit}
   */
  public static <T> T found(String what, Duration limit, Look<T> look) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> found = at(what, look);
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("Not within %s: %s".formatted(limit, what));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("Interrupted while waiting for: " + what);
      }
    }
  }

  private static <T> Optional<T> at(String what, Look<T> look) {
    try {
      return look.look();
    } catch (Exception e) {
      throw new AssertionError("Cannot see: " + what, e);
    }
  }

  /** Looks until {@code condition} holds. */
  public static void holds(String what, Duration limit, Condition condition) {
    found(what, limit, () -> condition.holds() ? Optional.of(what) : Optional.empty());
  }
}
