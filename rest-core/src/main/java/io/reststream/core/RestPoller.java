package io.reststream.core;

import io.reststream.core.auth.AuthenticatedTransport;
import io.reststream.core.auth.Authenticator;
import io.reststream.core.config.PageOptions;
import io.reststream.core.config.RestOptions;
import io.reststream.core.http.JdkTransport;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.core.page.NextAddress;
import io.reststream.core.page.Pagination;
import io.reststream.core.retry.RetryPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
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
 * <p>Safe for use by several threads; one poller serves any number of inputs. An input, or a
 * stretch of it, must not be polled twice at the same time.
 */
public final class RestPoller implements AutoCloseable {
  private final RestConfig config;
  private final Transport transport;
  private final Redaction redaction;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Requests requests;
  private final Retries retries;
  private final Pauses pauses;
  private final Pace pace;
  private final Limits limits;
  private final ConditionalRequests conditional;
  private final @Nullable Windows windows;
  private final Pages pages;
  private final Answers answers;
  private final String fingerprint;
  private final Counters counters = new Counters();
  private final Runnable leave;
  private volatile boolean closed;

  /**
   * A poller with its own transport and clock, as tests and simulations want it.
   *
   * @param transport closed with the poller
   * @param random between 0, inclusive, and 1, exclusive: the jitter of retries
   * @param ids what {@code {uuid}} stands for in a new request
   */
  public RestPoller(
      RestConfig config,
      Transport transport,
      InstantSource clock,
      DoubleSupplier random,
      Supplier<UUID> ids) {
    this(config, transport, clock, random, ids, Allowance.of(config), () -> {});
  }

  private RestPoller(
      RestConfig config,
      Transport transport,
      InstantSource clock,
      DoubleSupplier random,
      Supplier<UUID> ids,
      Allowance allowance,
      Runnable leave) {
    this.config = config;
    this.leave = leave;
    Authenticator authenticator = config.auth().scheme().get();
    this.redaction = new Redaction(config.secrets(), authenticator::secrets);
    this.transport =
        new AuthenticatedTransport(
            transport,
            config.auth(),
            authenticator,
            config.statuses().refreshing(),
            clock,
            new TokenAnswers(redaction));
    this.clock = clock;
    this.ids = ids;
    this.fingerprint = config.fingerprint();
    this.pace =
        new Pace(
            config.value(RestOptions.STREAMING_INTERVAL),
            config.mode() == ReadMode.BATCH
                ? null
                : config.find(PageOptions.MAX_PAGES).orElse(null));
    this.retries =
        new Retries(
            new RetryPolicy(
                config.value(RestOptions.MAX_RETRIES),
                config.value(RestOptions.RETRY_BASE_DELAY),
                config.value(RestOptions.RETRY_MAX_DELAY),
                config.statuses()),
            random);
    this.limits = new Limits(allowance);
    this.pauses = new Pauses(allowance.pause());
    NextAddress links = new NextAddress(config.transport().origins(), authenticator.parameter());
    Pagination pagination = Pagination.of(config.page(), config.offset().pageSize(), links);
    this.windows = config.windows() == null ? null : new Windows(config.windows(), config.mode());
    this.requests = new Requests(config, pagination, windows);
    this.conditional = new ConditionalRequests(config);
    this.pages = new Pages(config, clock, pagination, links, requests, conditional, windows);
    this.answers =
        new Answers(
            config, clock, pages, pagination.isNumbered(), retries, pauses, redaction, counters);
  }

  /** A poller with its own transport, clock and jitter, and random ids. */
  public RestPoller(
      RestConfig config, Transport transport, InstantSource clock, DoubleSupplier random) {
    this(config, transport, clock, random, UUID::randomUUID);
  }

  /** A poller with its own transport and clock, retries with random jitter. */
  public RestPoller(RestConfig config, Transport transport, InstantSource clock) {
    this(config, transport, clock, () -> ThreadLocalRandom.current().nextDouble());
  }

  /** A poller over the real network and the system's clock. */
  public static RestPoller open(RestConfig config) {
    return new RestPoller(config, new JdkTransport(config.transport()), InstantSource.system());
  }

  /**
   * A poller like that of {@link #open}, for one of several tasks that ask an API in the name of
   * one job. With all others of this process that were opened so, with the same options, it shares
   * the limits and the pauses that the API asks for, also with those that come after it; and their
   * connections with all whose settings for these are the same.
   *
   * <p>{@link #share} then says how many processes there are: it counts for all of them.
   */
  public static RestPoller openShared(RestConfig config) {
    return joined(
        config,
        JdkTransport.shared(config.transport()),
        InstantSource.system(),
        SharedAllowances.OF_THIS_PROCESS);
  }

  /** A poller that has a part in its process's allowance, until it is closed. */
  static RestPoller joined(
      RestConfig config, Transport transport, InstantSource clock, SharedAllowances shared) {
    SharedAllowances.Part part = shared.join(config, clock.instant());
    try {
      return new RestPoller(
          config,
          transport,
          clock,
          () -> ThreadLocalRandom.current().nextDouble(),
          UUID::randomUUID,
          part.allowance(),
          part::close);
    } catch (RuntimeException | Error e) {
      part.close();
      transport.close();
      throw e;
    }
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
    requireNone(config.differences(position.fingerprint()));
  }

  /**
   * Refuses stored positions that say nothing of the inputs that are read now, if they were all
   * made under options that give them another meaning, or else because the inputs are others. As
   * long as they know one input, it is {@link #check(Position)} that compares the options.
   *
   * @param stored the inputs of the stored positions; none before the first start
   * @param position the stored position of such an input
   * @throws PositionException naming the options
   */
  public void check(Collection<Input> stored, Function<Input, Position> position) {
    if (config.inputs().stream().noneMatch(Set.copyOf(stored)::contains)) {
      stored.stream()
          .map(input -> config.differences(position.apply(input).fingerprint()))
          .min(Comparator.comparingInt(List::size))
          .ifPresent(RestPoller::requireNone);
    }
    config.checkInputs(stored);
  }

  private static void requireNone(List<String> changed) {
    if (!changed.isEmpty()) {
      throw new PositionException(
          "The stored position was made with other values of the options %s. Start anew, restore the values, or accept the change with 'acceptChanges'='%s'."
              .formatted(String.join(", ", changed), String.join(",", changed)));
    }
  }

  /**
   * Makes this poller one of so many that read for one job and share its limits, {@code
   * requestsPerSecond} and {@code maxConcurrentRequests}. Each has an equal part, and may always
   * have one request under way. Where pollers of a process share theirs already ({@link
   * #openShared}), all of them are one of so many.
   *
   * @param parts how many there are, this one included
   */
  public void share(int parts) {
    limits.share(parts);
  }

  /** Lets every input wait until a time, as when another poller was told to; never shortens it. */
  public void pauseUntil(Instant until) {
    pauses.pause(until, "the API asked another reader for a pause");
  }

  /** Until when every input waits; a time that is over if they do not. */
  public Instant pausedUntil() {
    return pauses.until();
  }

  /**
   * Tells a pause that the API asked for, so that other pollers can be told. Called by the thread
   * that an answer came on.
   */
  public void onPause(Consumer<Instant> listener) {
    pauses.onPause(listener);
  }

  /**
   * Asks for the page that follows a position. Never blocks and never sleeps; moves nothing by
   * itself. Where {@code maxConcurrentRequests} are under way, the request is made when one of them
   * has ended.
   *
   * @return a {@link Page}, or a {@link Wait} when nothing may be asked yet. It completes
   *     exceptionally with a {@link RestException}. Cancelling it aborts the request.
   */
  public CompletableFuture<Polled> poll(Input input, Position from) {
    Position position;
    try {
      requireOpen();
      check(from);
      Instant now = clock.instant();
      position = adopted(from, now);
      position = windows == null ? position : windows.ready(position, now);
      Wait wait = due(input, position, now);
      if (wait != null) {
        return CompletableFuture.completedFuture(wait);
      }
    } catch (RestException e) {
      return CompletableFuture.failedFuture(e);
    }
    Position ready = position;
    return limits.begin(() -> ask(input, ready));
  }

  /** Keeps nothing of an input that is not asked for any more, as of a call that has ended. */
  public void forget(Input input, Position position) {
    Strand strand = Strand.of(input, position);
    answers.forget(strand);
    limits.forget(strand);
    counters.forget(input);
  }

  /** Asks, unless what has happened since in the queue forbids it. */
  private CompletableFuture<Polled> ask(Input input, Position position) {
    Asked asked;
    try {
      requireOpen();
      Instant now = clock.instant();
      Wait wait = due(input, position, now);
      wait = wait == null ? limits.due(Strand.of(input, position), now) : wait;
      if (wait != null) {
        return CompletableFuture.completedFuture(wait);
      }
      UUID again = retries.id(Strand.of(input, position));
      UUID id = again == null ? ids.get() : again;
      RestRequest request = requests.next(input, position, now, id);
      asked = new Asked(input, position, request, conditional.due(position, request), now, id);
    } catch (RestException e) {
      return CompletableFuture.failedFuture(redaction.of(null, e));
    }
    return send(asked);
  }

  /** The position under the options that are read now, some changes of which were accepted. */
  private Position adopted(Position from, Instant now) {
    Position own = from.under(fingerprint);
    Cycle cycle = from.cycle();
    return cycle != null && cycle.token() != null && config.changesPageTokens(from.fingerprint())
        ? pages.readopted(own, now)
        : own;
  }

  /** The longest of the waits before the next request; null if it may be made now. */
  private @Nullable Wait due(Input input, Position position, Instant now) {
    Position paced = config.mode() == ReadMode.BATCH ? position.dueAtOnce() : position;
    Wait closed = windows == null ? null : windows.due(position, now);
    Wait paused = pauses.due(input, position, now);
    Wait retry = retries.due(Strand.of(input, position), now);
    return later(later(closed, pace.due(paced, now)), later(retry, paused));
  }

  private static @Nullable Wait later(@Nullable Wait one, @Nullable Wait other) {
    return one == null || (other != null && other.until().isAfter(one.until())) ? other : one;
  }

  private CompletableFuture<Polled> send(Asked asked) {
    counters.asked();
    CompletableFuture<RestResponse> exchange = exchange(asked);
    CompletableFuture<Polled> polled = new CompletableFuture<>();
    exchange.whenComplete(
        (response, failure) -> {
          if (polled.isDone()) {
            return; // cancelled: nobody wants to know, and nothing has failed
          }
          try {
            polled.complete(
                failure == null ? answers.judge(asked, response) : unanswered(asked, failure));
          } catch (RuntimeException | Error e) {
            polled.completeExceptionally(redaction.of(asked.request(), e));
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

  private CompletableFuture<RestResponse> exchange(Asked asked) {
    try {
      return transport.send(asked.sent());
    } catch (RestException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Polled unanswered(Asked asked, Throwable failure) {
    requireOpen();
    return answers.unanswered(asked, failure);
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
    leave.run();
  }
}
