package io.reststream.core;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Tells when a time has come, without a thread that waits for it. Tests pass their own. */
@FunctionalInterface
public interface Alarm extends AutoCloseable {

  /** Completes once the time has come, or earlier; whoever asked then looks again. */
  CompletableFuture<?> at(Instant time);

  /** Tells nothing any more. */
  @Override
  default void close() {}

  /** Rings by the clock of the machine. To be closed: it may have a thread. */
  static Alarm system() {
    return new SystemAlarm();
  }
}
