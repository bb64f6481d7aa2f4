package io.reststream.core;

import io.reststream.core.config.OffsetSettings;
import io.reststream.core.config.ResponseField;
import io.reststream.core.config.RestOptions;
import io.reststream.core.http.JdkTransport;
import io.reststream.core.http.RedactedUrl;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.core.json.FieldPath;
import io.reststream.core.json.RecordScanner;
import io.reststream.core.json.ScannedPage;
import io.reststream.core.json.ShapeException;
import io.reststream.core.page.Pagination;
import io.reststream.core.retry.Failure;
import io.reststream.core.retry.RetryAfter;
import io.reststream.core.retry.RetryPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks an API for the next page of an input. It decides everything about the API, and leaves the
 * storing of positions, the moving of records and the waiting to whoever calls it.
 *
 * <pre>{@code
 * try (RestPoller poller = RestPoller.open(config)) {
 *   Polled polled = poller.poll(Input.EMPTY, poller.start()).join();
 *   if (polled instanceof Page page) {
 *     store(page.records(), page.next());
 *   }
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads; one poller serves any number of inputs. An input must not be
 * polled twice at the same time.
 */
public final class RestPoller implements AutoCloseable {
  private static final int EMPTY_PAGES_AT_ONCE = 10;
  private static final int MOST_RESTARTS = 3;
  private static final Set<Integer> REFUSED_TOKEN = Set.of(400, 404, 410);

  private final RestConfig config;
  private final OffsetSettings settings;
  private final Transport transport;
  private final InstantSource clock;
  private final Pagination pagination;
  private final Requests requests;
  private final RecordScanner scanner;
  private final PageRules rules;
  private final String fingerprint;
  private final Retries retries;
  private final Counters counters = new Counters();
  private final AtomicInteger longestPage = new AtomicInteger();
  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * A poller with its own transport and clock, as tests and simulations want it.
   *
   * @param transport closed with the poller
   * @param random between 0, inclusive, and 1, exclusive: the jitter of retries
   */
  public RestPoller(
      RestConfig config, Transport transport, InstantSource clock, DoubleSupplier random) {
    this.config = config;
    this.settings = config.offset();
    this.transport = transport;
    this.clock = clock;
    this.pagination = Pagination.of(config.page());
    this.requests = new Requests(config, pagination);
    this.rules = new PageRules(settings, !(pagination instanceof Pagination.None));
    this.fingerprint = config.fingerprint();
    this.retries =
        new Retries(
            new RetryPolicy(
                config.value(RestOptions.MAX_RETRIES),
                config.value(RestOptions.RETRY_BASE_DELAY),
                config.value(RestOptions.RETRY_MAX_DELAY)),
            random);
    ResponseField own = settings.responseField();
    this.scanner =
        new RecordScanner(
            config.find(RestOptions.DATA_FIELD).orElse(null),
            settings.recordPath(),
            own instanceof ResponseField.Body body ? body.path() : null,
            nextPath());
  }

  /** A poller over the real network and the system's clock. */
  public static RestPoller open(RestConfig config) {
    return new RestPoller(
        config,
        new JdkTransport(config.value(RestOptions.CONNECTION_TIMEOUT)),
        InstantSource.system());
  }

  /** A poller with its own transport and clock, retries with random jitter. */
  public RestPoller(RestConfig config, Transport transport, InstantSource clock) {
    this(config, transport, clock, () -> ThreadLocalRandom.current().nextDouble());
  }

  private @Nullable FieldPath nextPath() {
    boolean inBody =
        !(pagination instanceof Pagination.None)
            && config.page().next() instanceof ResponseField.Body;
    return inBody ? ((ResponseField.Body) config.page().next()).path() : null;
  }

  /** The position of an input that was never read. */
  public Position start() {
    return Position.start(fingerprint);
  }

  /** What was done since the poller was opened. */
  public Counters counters() {
    return counters;
  }

  /** The clock by which waits are meant. */
  public InstantSource clock() {
    return clock;
  }

  /**
   * Refuses a position that was made under options that give it another meaning.
   *
   * @throws PositionException naming the options
   */
  public void check(Position position) {
    if (position.fingerprint().equals(fingerprint)) {
      return;
    }
    List<String> changed = config.differences(position.fingerprint());
    if (!changed.isEmpty()) {
      throw new PositionException(
          "The stored position was made with other values of the options %s. Start anew, restore the values, or accept the change with 'acceptChanges'='%s'."
              .formatted(String.join(", ", changed), String.join(",", changed)));
    }
  }

  /**
   * Asks for the page that follows a position. Never blocks and never sleeps; moves nothing by
   * itself.
   *
   * @return a {@link Page}, or a {@link Wait} when nothing may be asked yet. It completes
   *     exceptionally with a {@link RestException}. Cancelling it aborts the request.
   */
  public CompletableFuture<Polled> poll(Input input, Position from) {
    RestRequest request;
    Instant now = clock.instant();
    Position position = from.under(fingerprint);
    try {
      requireOpen();
      check(from);
      Wait retry = retries.due(input, now);
      Wait wait = retry == null ? due(position, now) : retry;
      if (wait != null) {
        return CompletableFuture.completedFuture(wait);
      }
      request = requests.next(input, position);
    } catch (RestException e) {
      return CompletableFuture.failedFuture(e);
    }
    counters.asked();
    CompletableFuture<RestResponse> exchange = transport.send(request);
    CompletableFuture<Polled> polled = new CompletableFuture<>();
    exchange.whenComplete(
        (response, failure) -> {
          if (polled.isDone()) {
            return; // cancelled: nobody wants to know, and nothing has failed
          }
          try {
            polled.complete(
                failure == null
                    ? judge(input, position, request, response, now)
                    : unanswered(input, request, failure));
          } catch (RuntimeException | Error e) {
            polled.completeExceptionally(e);
          }
        });
    polled.whenComplete(
        (page, failure) -> {
          if (failure instanceof CancellationException) {
            exchange.cancel(true);
          }
        });
    return polled;
  }

  /** The wait before the next request; null when it may be made now. */
  private @Nullable Wait due(Position position, Instant now) {
    Cycle cycle = position.cycle();
    Instant from;
    String why;
    if (cycle == null) {
      from = position.started();
      why = "the next cycle is not due";
    } else if (cycle.emptyPages() >= EMPTY_PAGES_AT_ONCE) {
      from = position.asked();
      why = cycle.emptyPages() + " pages without records came one after the other";
    } else if (cycle.restarts() > 0 && cycle.token() == null) {
      from = position.asked();
      why = "the API refused a page token";
    } else {
      return null;
    }
    if (from == null || from.isAfter(now)) {
      return null;
    }
    Instant until = from.plus(config.value(RestOptions.STREAMING_INTERVAL));
    return now.isBefore(until) ? new Wait(until, why) : null;
  }

  private Polled judge(
      Input input, Position position, RestRequest request, RestResponse response, Instant askedAt) {
    try {
      int status = response.status();
      if (status / 100 != 2) {
        return refused(input, position, request, response, askedAt);
      }
      ScannedPage scanned =
          status == 204
              ? new ScannedPage(new byte[0])
              : scanner.scan(response.body(), hasOffsetHeader(response));
      Page page = accept(position, request, response, scanned, askedAt);
      retries.succeeded(input);
      counters.accepted(page);
      return page;
    } catch (ShapeException e) {
      counters.failed();
      ResponseException problem =
          new ResponseException("The answer of %s %s.".formatted(request, e.getMessage()), e);
      if (!e.isPassing()) {
        throw problem;
      }
      return retries.failed(
          input, new Failure.Unreadable(), problem, "the answer cannot be read", clock.instant());
    }
  }

  private Page accept(
      Position position,
      RestRequest request,
      RestResponse response,
      ScannedPage page,
      Instant askedAt)
      throws ShapeException {
    Integer pageSize = settings.pageSize();
    int longest = longestPage.accumulateAndGet(page.size(), Math::max);
    boolean full = page.size() > 0 && page.size() >= (pageSize == null ? longest : pageSize);
    String next = text(value(config.page().next(), page.next(), response));
    String token = pagination.token(next, request.uri());
    if (token != null && pagination.isAddress() && token.equals(request.uri().toString())) {
      token = null;
    }
    ResponseField own = settings.responseField();
    ScannedPage.Scalar offset = own == null ? null : value(own, page.offset(), response);
    PageRules.Accepted accepted =
        rules.accept(position, page, new PageRules.Answer(offset, token, full, askedAt));
    List<String> warnings = new ArrayList<>(accepted.warnings());
    Problems.warnOfAbsentCursor(settings, position, accepted.next(), page, warnings);
    warnings.removeIf(warning -> !warned.add(warning));
    return new Page(
        records(page, accepted.fresh()),
        accepted.next(),
        info(position, request, response, page.size() - accepted.fresh().length),
        warnings);
  }

  private boolean hasOffsetHeader(RestResponse response) {
    return settings.responseField() instanceof ResponseField.Header header
        && response.header(header.name()).isPresent();
  }

  private static ScannedPage.@Nullable Scalar value(
      ResponseField field, ScannedPage.@Nullable Scalar inBody, RestResponse response) {
    return field instanceof ResponseField.Header header
        ? response
            .header(header.name())
            .map(text -> new ScannedPage.Scalar(text, false))
            .orElse(null)
        : inBody;
  }

  private static @Nullable String text(ScannedPage.@Nullable Scalar scalar) {
    return scalar == null ? null : scalar.text();
  }

  private static Records records(ScannedPage page, int[] fresh) {
    int[] starts = new int[fresh.length];
    int[] ends = new int[fresh.length];
    for (int i = 0; i < fresh.length; i++) {
      starts[i] = page.start(fresh[i]);
      ends[i] = page.end(fresh[i]);
    }
    return Records.slices(page.body(), starts, ends);
  }

  private PageInfo info(
      Position position, RestRequest request, RestResponse response, int dropped) {
    return new PageInfo(
        RedactedUrl.of(request.uri().toString()),
        response.status(),
        clock.instant(),
        position.cycle() == null ? 0 : position.cycle().pages(),
        response.body().length,
        dropped,
        requests.offset(position));
  }

  /** An answer that is not a success: a refused page token begins the cycle again. */
  private Polled refused(
      Input input, Position position, RestRequest request, RestResponse response, Instant askedAt)
      throws ShapeException {
    counters.failed();
    Cycle cycle = position.cycle();
    if (cycle == null || cycle.token() == null || !REFUSED_TOKEN.contains(response.status())) {
      Instant now = clock.instant();
      return retries.failed(
          input,
          new Failure.Status(
              response.status(),
              response.header("Retry-After").map(h -> RetryAfter.parse(h, now)).orElse(null)),
          new RequestException(
              "%s was answered with status %d: %s"
                  .formatted(request, response.status(), Problems.beginning(response.body()))),
          "status " + response.status(),
          now);
    }
    if (cycle.restarts() == MOST_RESTARTS) {
      throw new RequestException(
          "%s was answered with status %d: the page token was refused %d times without a new record between: %s"
              .formatted(
                  request,
                  response.status(),
                  MOST_RESTARTS + 1,
                  Problems.beginning(response.body())));
    }
    return new Page(
        Records.empty(),
        rules.again(position, cycle, askedAt),
        info(position, request, response, 0),
        List.of(
            "%s was answered with status %d: the page token was refused, the cycle begins again"
                .formatted(request, response.status())));
  }

  private Polled unanswered(Input input, RestRequest request, Throwable failure) {
    requireOpen();
    counters.failed();
    Throwable cause = Problems.cause(failure);
    String reason = Problems.reason(cause);
    return retries.failed(
        input,
        new Failure.NoAnswer(),
        new RequestException("%s failed: %s".formatted(request, reason), cause),
        reason,
        clock.instant());
  }

  private void requireOpen() {
    if (closed) {
      throw new RequestException("The poller is closed.");
    }
  }

  @Override
  public void close() {
    closed = true;
    transport.close();
  }
}
