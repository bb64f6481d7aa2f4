package io.reststream.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The threads of clients that have come since some moment. */
final class LiveThreads {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Set<Thread> before = all();

  private static Set<Thread> all() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getName().startsWith("HttpClient-")
                    || thread.getName().startsWith("reststream-"))
        .collect(Collectors.toSet());
  }

  Set<Thread> since() {
    Set<Thread> threads = new HashSet<>(all());
    threads.removeAll(before);
    return threads;
  }

  /** How many of them are the selectors of a client, each of which has one. */
  static long selectors(Set<Thread> threads) {
    return threads.stream()
        .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
        .count();
  }

  void awaitEnd() throws InterruptedException {
    awaitEnd(since());
  }

  /** Waits until the threads have ended; a client's selector looks up every few seconds. */
  static void awaitEnd(Set<Thread> threads) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        assertThat(System.nanoTime()).as("%s still runs", thread).isLessThan(deadline);
        System.gc();
        thread.join(100);
      }
    }
  }
}
