package io.reststream.examples.demo;

import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.FeedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A shop with an API: {@code GET /orders?since=<epoch seconds>} answers all orders from then on.
 * Many orders share a second, so the API sends some of them again in every answer.
 */
final class Shop implements AutoCloseable {
  private static final Duration BETWEEN_ORDERS = Duration.ofMillis(40);
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final List<String> BUYERS =
      List.of("Zoë,Zürich", "Łukasz,Kraków", "美咲,京都", "Νίκη,Αθήνα", "Seán,Baile Átha Cliath");
  private static final List<String> ITEMS =
      List.of("Crème brûlée", "抹茶", "Käsespätzle", "naïve café ☕", "piñata", "smörgås", "phở");

  private final FakeApi api;
  private final ScheduledExecutorService till =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "till");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Future<?> selling;

  private Shop(FakeApi api) {
    this.api = api;
  }

  static Shop open() {
    FakeApi api = FakeApi.start();
    api.serve(Endpoint.at("/orders").since("since", "timestamp").data("orders"));
    return new Shop(api);
  }

  /** The options with which either engine reads the orders. */
  Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("url", api.url() + "/orders?since={timestamp}");
    options.put("offsetType", "timestamp");
    options.put("offsetField", "timestamp");
    options.put("dataField", "orders");
    options.put("streamingInterval", "500ms");
    return options;
  }

  /** Takes so many orders at once. */
  void sell(int orders) throws InterruptedException, ExecutionException {
    var unused = till.submit(() -> IntStream.range(0, orders).forEach(i -> order())).get();
  }

  /** Takes one order after the other, until {@link #pause}. */
  void keepSelling() {
    selling =
        till.scheduleAtFixedRate(this::order, 0, BETWEEN_ORDERS.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Takes no more orders for now. */
  void pause() throws InterruptedException, ExecutionException {
    if (selling != null) {
      selling.cancel(false);
    }
    var unused = till.submit(() -> {}).get();
  }

  private void order() {
    int id = api.feed().published().size() + 1;
    String[] buyer = BUYERS.get(id % BUYERS.size()).split(",");
    api.feed()
        .append(
            "{\"id\":%d,\"timestamp\":%d,\"item\":\"%s\",\"quantity\":%d,\"customer\":\"%s\",\"city\":\"%s\"}"
                .formatted(
                    id,
                    Instant.now().getEpochSecond(),
                    ITEMS.get(id % ITEMS.size()),
                    id % 3 + 1,
                    buyer[0],
                    buyer[1]));
  }

  /** Answers the next request with 429 and the seconds after which to ask again. */
  void refuseOnce(String retryAfter) {
    api.fault(Fault.tooManyRequests(retryAfter));
  }

  /** All orders so far: what each engine must have delivered. */
  List<String> orders() {
    return FeedRecord.texts(api.published());
  }

  /** How often the API was asked so far. */
  int requests() {
    return api.requests().size();
  }

  /** Waits until somebody has asked for the newest orders twice more. */
  void awaitPolls() throws InterruptedException {
    api.awaitReadToTheEnd(2, LIMIT);
  }

  @Override
  public void close() {
    till.shutdownNow();
    api.close();
  }
}
