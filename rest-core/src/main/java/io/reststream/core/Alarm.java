package io.reststream.core;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Tells when a time has come, without a thread that waits for it. Tests pass their own. */
@FunctionalInterface
public interface Alarm {

  /** Completes once the time has come, or earlier; whoever asked then looks again. */
  CompletableFuture<?> at(Instant time);
}
