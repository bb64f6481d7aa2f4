package io.reststream.flink.reader;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the fetcher's thread waits: for things that other threads put in, for a wake-up, or for the
 * time to pass. A wake-up sticks until it is taken.
 */
final class Inbox<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<T> arrived = new ArrayDeque<>();
  private boolean woken;

  void put(T thing) {
    lock.lock();
    try {
      arrived.add(thing);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Nullable T poll() {
    lock.lock();
    try {
      return arrived.poll();
    } finally {
      lock.unlock();
    }
  }

  void wakeUp() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody woke the fetcher since this was asked last. */
  boolean takeWakeUp() {
    lock.lock();
    try {
      boolean taken = woken;
      woken = false;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Returns once something is there, somebody woke the fetcher, or the time is over. */
  void await(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (arrived.isEmpty() && !woken && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
