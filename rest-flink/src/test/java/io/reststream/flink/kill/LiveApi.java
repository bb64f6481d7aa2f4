package io.reststream.flink.kill;

import io.reststream.core.config.OffsetType;
import io.reststream.core.config.PaginationStyle;
import io.reststream.flink.RestSource;
import io.reststream.flink.RestSourceBuilder;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.EventFormat;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Gate;
import io.reststream.testkit.ManualClock;
import io.reststream.testkit.Tail;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An API that publishes all the time, with an endpoint for each offset type and three feeds behind
 * each. No request is answered in the same pages twice, and some are not answered well.
 */
final class LiveApi implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<String> ENDPOINTS = List.of("told", "cursor", "id", "max");
  private static final List<String> TENANTS = List.of("a", "b", "c");
  private static final int PAGE_SIZE = 40;
  private static final int MOST_AT_ONCE = 3;
  private static final int TIES = 3;
  private static final double FAULTS = 0.01;

  private final FakeApi api = FakeApi.start();
  private final ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> publishing;

  LiveApi(long seed) {
    api.serve(
        endpoint("told", seed).since("since", "ts").data("events").latest("latest", "ts"),
        endpoint("cursor", seed).data("results").cursor("cursor", "next_cursor", Tail.NULL),
        endpoint("id", seed).since("from", "id"),
        endpoint("max", seed).since("since", "ts").data("data").nextUrl("next", Tail.NULL));
    api.faultsAtRandom(
        seed,
        FAULTS,
        Fault.status(503),
        Fault.tooManyRequests("0.05"),
        Fault.truncated(),
        Fault.malformed(),
        Fault.reset());
    feeds().forEach(feed -> api.feed(feed).format(format(feed)));
    SplittableRandom random = new SplittableRandom(seed);
    publishing =
        publisher.scheduleWithFixedDelay(() -> publish(random), 0, 10, TimeUnit.MILLISECONDS);
  }

  private static Endpoint endpoint(String name, long seed) {
    return Endpoint.at("/" + name + "/{feed}")
        .feedNamedBy("feed")
        .pageSize(PAGE_SIZE)
        .rechunked(seed);
  }

  private static List<String> feeds() {
    return ENDPOINTS.stream().flatMap(LiveApi::feeds).toList();
  }

  private static Stream<String> feeds(String endpoint) {
    return TENANTS.stream().map(tenant -> endpoint + "-" + tenant);
  }

  private static EventFormat format(String feed) {
    return EventFormat.DEFAULT.payload(
        id -> "\"feed\":\"%s\",\"text\":\"%s's %d \u2713\"".formatted(feed, feed, id));
  }

  private void publish(SplittableRandom random) {
    List<String> feeds = feeds();
    String feed = feeds.get(random.nextInt(feeds.size()));
    for (int left = random.nextInt(MOST_AT_ONCE + 1); left > 0; left--) {
      int known = api.feed(feed).published().size();
      api.feed(feed).appendEvent(ManualClock.EPOCH.plusSeconds(known / TIES));
    }
  }

  /** The sources that read all of it, one for each endpoint. */
  List<RestSource<String>> sources() {
    return sources(api.url());
  }

  /** The sources that read the API at this address, which may be that of another process. */
  static List<RestSource<String>> sources(String api) {
    return List.of(
        source(api, "told", "?since={latest}")
            .offsetType(OffsetType.TIMESTAMP)
            .offsetField("latest")
            .dataField("events")
            .build(),
        source(api, "cursor", "?cursor={offset}")
            .offsetType(OffsetType.CURSOR)
            .offsetField("next_cursor")
            .initialOffset("start")
            .dataField("results")
            .build(),
        source(api, "id", "?from={id}")
            .offsetType(OffsetType.INCREMENTAL)
            .offsetField("id")
            .build(),
        source(api, "max", "?since={ts}")
            .offsetType(OffsetType.MAX_FIELD)
            .offsetField("ts")
            .pagination(PaginationStyle.NEXT_URL)
            .build());
  }

  private static RestSourceBuilder<String> source(String api, String endpoint, String query) {
    return RestSource.<String>builder()
        .url(api + "/" + endpoint + "/{feed}" + query)
        .inputData(
            feeds(endpoint)
                .map("{\"feed\":\"%s\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]")))
        .streamingInterval(Duration.ofMillis(100))
        .batchSize(7)
        .option("retryBaseDelay", "20ms")
        .deserializer(RestDeserializer.string());
  }

  FakeApi api() {
    return api;
  }

  /** Does something while a request for each feed is open and none is answered. */
  void whileRequestsAreOpen(Function<Gate, Fault> how, Runnable action)
      throws InterruptedException {
    Gate gate = new Gate();
    List<String> feeds = feeds();
    for (String feed : feeds) {
      api.fault("/" + feed.substring(0, feed.indexOf('-')) + "/" + feed, how.apply(gate));
    }
    gate.awaitArrivals(feeds.size(), LIMIT);
    action.run();
    gate.open();
  }

  /** Publishes no more; throws what went wrong with publishing. */
  void fallSilent() throws Exception {
    publisher.shutdown();
    if (!publisher.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("Publishing does not end");
    }
    if (!publishing.isCancelled()) {
      var unused = publishing.get();
    }
  }

  @Override
  public void close() {
    publisher.shutdownNow();
    api.close();
  }
}
