package io.reststream.testkit.process.endless;

import java.util.concurrent.CountDownLatch;

/** Runs until it is ended; only this package sees it, as is usual for the processes of tests. */
final class Endless {
  private Endless() {}

  public static void main(String[] args) throws InterruptedException {
    System.out.println("running");
    new CountDownLatch(1).await();
  }
}
