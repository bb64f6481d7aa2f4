package io.reststream.spark.read;

import io.reststream.core.RestException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/** Waits in a task for what a request gives, and gives up when the task was killed. */
public final class TaskWait {
  /** How soon a task that waits notices that it was killed. */
  private static final Duration LOOK_UP = Duration.ofMillis(100);

  private TaskWait() {}

  /** What a future gives; it is cancelled if the wait ends before it. */
  public static <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      while (true) {
        try {
          return future.get(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          throwIfKilled();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("The task was interrupted");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new RestException("A request ended in an unexpected way: " + e.getCause(), e);
    } finally {
      future.cancel(true);
    }
  }

  private static void throwIfKilled() throws IOException {
    @Nullable TaskContext task = TaskContext.get();
    if (task != null && task.isInterrupted()) {
      throw new InterruptedIOException("The task was killed");
    }
  }
}
