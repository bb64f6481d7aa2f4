package io.reststream.core.rate;

import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many requests be under way at a time. One more is a future that begins once another
 * has ended, in the order in which they came; no thread waits for it.
 *
 * <pre>{@code
 * CompletableFuture<Polled> polled = limit.begin(() -> send(request));
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class ConcurrencyLimit {
  private final int most;
  private final Queue<Begun<?>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger changes = new AtomicInteger();
  private volatile int allowed;

  /**
   * A limit.
   *
   * @param most how many may be under way at a time, at least 1
   */
  public ConcurrencyLimit(int most) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "Concurrent requests (%d) must be at least 1".formatted(most));
    }
    this.most = most;
    this.allowed = most;
  }

  /** Makes this one of so many that share the limit; each may always have one under way. */
  public void share(int parts) {
    allowed = Math.max(1, most / parts);
    begin();
  }

  /**
   * Begins something, at once or when others have ended.
   *
   * @return completes as what was begun does; cancelling it cancels that, or takes it out of the
   *     queue
   */
  public <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> begun) {
    Begun<T> one = new Begun<>(begun, new CompletableFuture<>());
    waiting.add(one);
    begin();
    return one.result();
  }

  /** One thread begins what may begin, so that many that end at once do not nest. */
  private void begin() {
    if (changes.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    while (seen > 0) {
      while (running.get() < allowed) {
        Begun<?> next = waiting.poll();
        if (next == null) {
          break;
        }
        if (!next.result().isDone()) {
          running.incrementAndGet();
          next.run(this::ended);
        }
      }
      seen = changes.addAndGet(-seen);
    }
  }

  private void ended() {
    running.decrementAndGet();
    begin();
  }

  private record Begun<T>(Supplier<CompletableFuture<T>> begun, CompletableFuture<T> result) {
    void run(Runnable ended) {
      CompletableFuture<T> future;
      try {
        future = begun.get();
      } catch (RuntimeException | Error e) {
        future = CompletableFuture.failedFuture(e);
      }
      CompletableFuture<T> running = future;
      result.whenComplete(
          (value, failure) -> {
            if (failure instanceof CancellationException) {
              running.cancel(true);
            }
          });
      running.whenComplete((value, failure) -> end(value, failure, ended));
    }

    private void end(@Nullable T value, @Nullable Throwable failure, Runnable ended) {
      ended.run();
      if (failure == null) {
        result.complete(value);
      } else {
        result.completeExceptionally(failure);
      }
    }
  }
}
