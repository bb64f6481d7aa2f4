package io.reststream.core.http;

import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one client, which end with it: JDK 17's client has no close, and its own timer's
 * thread never ends and keeps the classes of who used it first.
 *
 * @param workers as many threads as there is work
 * @param deadlines ends requests that take too long
 */
record ClientThreads(ThreadPoolExecutor workers, ScheduledThreadPoolExecutor deadlines) {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int IDLE_SECONDS = 10;

  /**
   * After the end, the client's last tasks run on the thread that gives them: were they dropped,
   * the client would wait for them, and never let go of its selector's thread.
   */
  private static final RejectedExecutionHandler RUN_AT_ONCE = (task, pool) -> task.run();

  ClientThreads() {
    this(
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("reststream-http-" + NUMBER.incrementAndGet()),
            RUN_AT_ONCE),
        // A request that comes after the end needs no deadline: it was told of the end.
        new ScheduledThreadPoolExecutor(
            1, daemons("reststream-deadlines"), new ThreadPoolExecutor.DiscardPolicy()));
    deadlines.setRemoveOnCancelPolicy(true);
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  void end() {
    workers.shutdown();
    deadlines.shutdownNow();
  }
}
