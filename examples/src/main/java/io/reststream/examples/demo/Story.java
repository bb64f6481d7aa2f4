package io.reststream.examples.demo;

import java.io.PrintStream;
import java.time.Duration;

/**
 * What happens to one engine: orders come in, the API is busy, the engine is stopped and started.
 */
final class Story {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String RETRY_AFTER_SECONDS = "1";

  private final Shop shop;
  private final Engine engine;
  private final Delivered delivered;
  private final PrintStream out;
  private final int ordersPerChapter;

  Story(Shop shop, Engine engine, Delivered delivered, PrintStream out, int ordersPerChapter) {
    this.shop = shop;
    this.engine = engine;
    this.delivered = delivered;
    this.out = out;
    this.ordersPerChapter = ordersPerChapter;
  }

  /** Tells it, live, and compares what was delivered with the shop's own list. */
  Tally tell() throws Exception {
    int requestsBefore = shop.requests();
    shop.sell(ordersPerChapter);
    note("starts; the shop has taken %d orders so far".formatted(shop.orders().size()));
    engine.start();
    awaitOrders(shop.orders().size());
    shop.keepSelling();
    note("now more orders come in");
    awaitMoreOrders();
    note("the API answers 429, Retry-After: " + RETRY_AFTER_SECONDS);
    shop.refuseOnce(RETRY_AFTER_SECONDS);
    awaitMoreOrders();
    engine.stop();
    note("stopped in the middle, while orders keep coming in");
    engine.start();
    note("started again from its checkpoint");
    awaitMoreOrders();
    shop.pause();
    awaitOrders(shop.orders().size());
    shop.awaitPolls();
    engine.stop();
    return Tally.of(shop.orders(), delivered.records(), shop.requests() - requestsBefore);
  }

  private void awaitMoreOrders() throws Exception {
    awaitOrders(shop.orders().size() + ordersPerChapter);
  }

  private void awaitOrders(int count) throws Exception {
    delivered.await(count, LIMIT, engine);
  }

  private void note(String event) {
    out.printf("%n-- %s: %s%n", delivered.engine(), event);
  }
}
