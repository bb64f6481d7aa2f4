package io.reststream.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rings in a thread of its own, which is there once something was to be told. The JDK's own for
 * time-outs lives as long as the process and keeps the class loader of whoever used it first.
 */
final class SystemAlarm implements Alarm {
  private final InstantSource clock = InstantSource.system();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "reststream-alarm");
            thread.setDaemon(true);
            return thread;
          },
          new ThreadPoolExecutor.DiscardPolicy());

  SystemAlarm() {
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public CompletableFuture<?> at(Instant time) {
    // Rounded up, so that it does not ring just before the time and has to be set again.
    long millis = Duration.between(clock.instant(), time).plusNanos(999_999).toMillis();
    CompletableFuture<@Nullable Void> rings = new CompletableFuture<>();
    Future<?> set =
        timer.schedule(() -> rings.complete(null), Math.max(0, millis), TimeUnit.MILLISECONDS);
    rings.whenComplete(
        (unused, failure) -> {
          if (failure != null) {
            set.cancel(false);
          }
        });
    return rings;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
