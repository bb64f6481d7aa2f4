package io.reststream.spark.kill;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * In the process of the query: stops at the moment at which it is to be killed, tells the parent,
 * and goes no further unless it is told to.
 */
final class Moments {
  /** The line that tells the parent. */
  static final String REACHED = "reached the moment";

  static final String WANTED = "kill.moment";
  static final String PASSES = "kill.passes";

  private static final Moment MOMENT = Moment.valueOf(System.getProperty(WANTED, "ANYWHERE"));
  private static final AtomicInteger PASSES_LEFT = new AtomicInteger(Integer.getInteger(PASSES, 0));
  private static final AtomicBoolean HAS_COMMITTED = new AtomicBoolean();
  private static final CountDownLatch GO_ON = new CountDownLatch(1);

  private Moments() {}

  /** Lets this moment pass, or stops here. */
  static void at(Moment moment) {
    if (moment == MOMENT && PASSES_LEFT.getAndDecrement() == 0) {
      stop();
    }
  }

  /** The query touches a file: until its first commit, that is part of its recovery. */
  static void atFile() {
    if (!HAS_COMMITTED.get()) {
      at(Moment.RECOVERY);
    }
  }

  /** The first commit ends the recovery, so it is the last chance to be killed in it. */
  static void beforeCommit() {
    if (HAS_COMMITTED.compareAndSet(false, true)
        && MOMENT == Moment.RECOVERY
        && PASSES_LEFT.get() >= 0) {
      stop();
    }
    at(Moment.UNCOMMITTED);
  }

  /** Lets what has stopped go on. */
  static void goOn() {
    GO_ON.countDown();
  }

  private static void stop() {
    System.out.println(REACHED);
    System.out.flush();
    try {
      GO_ON.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
