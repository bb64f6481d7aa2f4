package io.reststream.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A REST API inside the test: feeds that the test appends to, endpoints that serve them over real
 * sockets, faults on demand, and a log of what was asked.
 *
 * <pre>{@code
 * try (FakeApi api = FakeApi.start()) {
 *   api.serve(Endpoint.at("/events").since("since", "ts").data("events"));
 *   api.feed().appendEvents(3);
 *   api.fault(Fault.tooManyRequests("1"));
 *   // read from api.url("/events?since=0")
 *   api.awaitRequests(2, Duration.ofSeconds(10));
 * }
 * }</pre>
 *
 * <p>Listens on 127.0.0.1, on a free port if none is given. Its threads are daemons. Safe for use
 * by several threads.
 */
public final class FakeApi implements AutoCloseable {

  static {
    // Read once, when the JDK's first server is made; without it a small answer takes 40 ms.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Signal signal = new Signal();
  private final Map<String, Feed> feeds = new ConcurrentHashMap<>();
  private final List<FeedRecord> published = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<Route> routes = new CopyOnWriteArrayList<>();
  private final List<Consumer<Request>> before = new CopyOnWriteArrayList<>();
  private final List<Consumer<Request>> after = new CopyOnWriteArrayList<>();
  private final FaultScript faults = new FaultScript();
  private final Set<Gate> gates = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private @Nullable Door door;
  private int arrived;
  private boolean logging = true;

  private FakeApi(HttpServer server) {
    this.server = server;
    this.threads = Executors.newCachedThreadPool(FakeApi::daemon);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /** Starts an API that holds nothing and serves nothing yet. */
  public static FakeApi start() {
    try {
      return startAt(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts an API for people, who want to know its address beforehand; tests take a free port.
   *
   * @param port from 0 to 65535, 0 for a free one
   * @throws IOException if the port is taken
   */
  public static FakeApi startAt(int port) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    FakeApi api = new FakeApi(HttpServer.create(new InetSocketAddress(loopback, port), 0));
    api.server.start();
    return api;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "fake-api");
    thread.setDaemon(true);
    return thread;
  }

  /** Where it listens, such as {@code http://127.0.0.1:40000}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The address of a path with its query. */
  public String url(String target) {
    return url() + target;
  }

  /** Its second address, at which nobody listens until it is opened. */
  public synchronized Door door() {
    if (door == null) {
      door = new Door(this::handle, threads);
    }
    return door;
  }

  /** The default feed, whose name is empty. */
  public Feed feed() {
    return feed("");
  }

  /** The feed of this name, new if there was none. */
  public Feed feed(String name) {
    return feeds.computeIfAbsent(name, key -> new Feed(key, signal, published));
  }

  /** What all feeds have published so far, in the order of publication: the oracle. */
  public List<FeedRecord> published() {
    return signal.read(() -> List.copyOf(published));
  }

  /** Serves endpoints; a later one takes a path over from an earlier one. */
  public FakeApi serve(Endpoint... endpoints) {
    for (Endpoint endpoint : endpoints) {
      serve(endpoint.path(), request -> endpoint.answer(request, this::feed));
    }
    return this;
  }

  /** Serves an endpoint behind a guard, which may answer in its place. */
  public FakeApi serve(Endpoint endpoint, UnaryOperator<Responder> guard) {
    return serve(endpoint.path(), guard.apply(request -> endpoint.answer(request, this::feed)));
  }

  /** Serves anything at all at {@code path}; a later call takes a path over from an earlier one. */
  public FakeApi serve(String path, Responder responder) {
    routes.add(0, Route.of(path, responder));
    return this;
  }

  /** Runs {@code hook} when a request has come, before the feeds are read for its answer. */
  public FakeApi beforeAnswer(Consumer<Request> hook) {
    before.add(hook);
    return this;
  }

  /**
   * Runs {@code hook} when an answer is made up, before any of it is sent; so a record appended
   * here is there for the next request, but not in this answer.
   */
  public FakeApi afterAnswer(Consumer<Request> hook) {
    after.add(hook);
    return this;
  }

  /** Lets the next requests meet these faults, one each. */
  public FakeApi fault(Fault... next) {
    faults.queue(null, List.of(next));
    return this;
  }

  /** Lets the next requests for {@code path} meet these faults, one each. */
  public FakeApi fault(String path, Fault... next) {
    faults.queue(path, List.of(next));
    return this;
  }

  /** Lets every request from now on meet one of these faults with a probability of {@code rate}. */
  public FakeApi faultsAtRandom(long seed, double rate, Fault... drawn) {
    faults.drawAtRandom(seed, rate, List.of(drawn));
    return this;
  }

  /** How many faults given to {@link #fault} no request has met yet. */
  public int pendingFaults() {
    return faults.pending();
  }

  /** Keeps no log of the requests from now on: for tests that make millions of them. */
  public FakeApi withoutLog() {
    return signal.update(
        () -> {
          logging = false;
          requests.clear();
          return this;
        });
  }

  /** All requests so far, in the order of arrival. */
  public List<Request> requests() {
    return signal.read(() -> List.copyOf(requests));
  }

  /** The requests for {@code path} so far. */
  public List<Request> requests(String path) {
    return requests().stream().filter(request -> request.path().equals(path)).toList();
  }

  /**
   * Waits until {@code count} requests have come since the start, and returns all so far.
   *
   * @throws AssertionError if they have not come within {@code limit}
   */
  public List<Request> awaitRequests(int count, Duration limit) throws InterruptedException {
    if (!signal.await(() -> requests.size() >= count, limit)) {
      throw new AssertionError(
          "Expected %d requests within %s, but came: %s".formatted(count, limit, requests()));
    }
    return requests();
  }

  /**
   * Waits until each feed that holds records or was ever asked for, and at least one, has been read
   * to its end {@code times} more times. After two of them, a reader that asks for one page after
   * the other has polled a whole cycle that it began after this call.
   *
   * @throws AssertionError if that has not come about within {@code limit}
   */
  public void awaitReadToTheEnd(int times, Duration limit) throws InterruptedException {
    Map<Feed, Integer> before = new ConcurrentHashMap<>();
    feeds.values().forEach(feed -> before.put(feed, feed.timesReadToTheEnd()));
    BooleanSupplier read =
        () -> {
          List<Feed> inUse = feeds.values().stream().filter(Feed::inUse).toList();
          return !inUse.isEmpty()
              && inUse.stream()
                  .allMatch(f -> f.timesReadToTheEnd() - before.getOrDefault(f, 0) >= times);
        };
    if (!signal.await(read, limit)) {
      throw new AssertionError(
          "Expected every feed to be read to its end %d more times within %s, but came: %s"
              .formatted(times, limit, requests()));
    }
  }

  /**
   * Stops listening, drops all connections and opens all gates.
   *
   * @throws AssertionError if a hook or a responder of the test has failed meanwhile
   */
  @Override
  public void close() {
    closed.countDown();
    gates.forEach(Gate::open);
    server.stop(0);
    closeDoor();
    threads.shutdownNow();
    if (!failures.isEmpty()) {
      throw new AssertionError("The fake API could not answer", failures.get(0));
    }
  }

  private synchronized void closeDoor() {
    if (door != null) {
      door.close();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    Wire wire = new Wire(exchange, gates, closed);
    try {
      String path = exchange.getRequestURI().getRawPath();
      Optional<Route> route = routes.stream().filter(r -> r.match(path).isPresent()).findFirst();
      Request request = log(exchange, path, route.flatMap(r -> r.match(path)).orElse(Map.of()));
      Fault fault = faults.next(request);
      if (fault == null) {
        wire.send(answer(request, route));
      } else {
        fault.answer(wire, () -> answer(request, route));
      }
    } catch (IOException clientWentAway) {
      wire.cut();
    } catch (InterruptedException apiWasClosed) {
      wire.cut();
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failures.add(e);
      wire.send(Answer.status(500).body("The fake API could not answer: " + e));
    }
  }

  private Request log(HttpExchange exchange, String path, Map<String, String> pathParams)
      throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    @Nullable String query = exchange.getRequestURI().getRawQuery();
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(exchange.getRequestHeaders());
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    boolean form = type != null && type.startsWith("application/x-www-form-urlencoded");
    Map<String, String> params = Request.paramsOf(query, form, body);
    params.putAll(pathParams);
    return signal.update(
        () -> {
          int number = ++arrived;
          Request request =
              new Request(number, exchange.getRequestMethod(), path, query, headers, body, params);
          if (logging) {
            requests.add(request);
          }
          return request;
        });
  }

  private Answer answer(Request request, Optional<Route> route) {
    before.forEach(hook -> hook.accept(request));
    Answer answer =
        route
            .map(r -> r.responder().answer(request))
            .orElseGet(() -> Answer.status(404).body("Nothing is served at " + request.path()));
    after.forEach(hook -> hook.accept(request));
    return answer;
  }
}
