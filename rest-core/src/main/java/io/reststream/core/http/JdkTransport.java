package io.reststream.core.http;

import io.reststream.core.RestException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends requests with {@code java.net.http}. A request's time-out covers the whole answer, not only
 * its headers, and all redirects on its way.
 *
 * <pre>{@code
 * try (Transport transport = new JdkTransport(TransportSettings.of(Duration.ofSeconds(10)))) {
 *   RestResponse response = transport.send(request).join();
 * }
 * }</pre>
 */
public final class JdkTransport implements Transport {
  private final TransportSettings settings;
  private final ExchangeProblems problems;
  private final Client client;
  private final Runnable leave;
  private final Set<CompletableFuture<?>> running = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A transport of its own, with its own pool of connections. Reads the files of keys and
   * certificates, once.
   *
   * @throws RestException if one of them cannot be used
   */
  public JdkTransport(TransportSettings settings) {
    this(settings, new Client(settings));
  }

  private JdkTransport(TransportSettings settings, Client client) {
    this(settings, client, client::end);
  }

  private JdkTransport(TransportSettings settings, Client client, Runnable leave) {
    this.settings = settings;
    this.problems = new ExchangeProblems(settings);
    this.client = client;
    this.leave = leave;
  }

  /**
   * A transport that shares its connections and threads with a few others of this process, if they
   * have the same proxy, keys, certificates and time-out for connecting. They stay for some seconds
   * when the last of these is closed.
   *
   * @throws RestException if a file of keys or certificates cannot be used
   */
  public static JdkTransport shared(TransportSettings settings) {
    return shared(settings, SharedClients.OF_THIS_PROCESS);
  }

  static JdkTransport shared(TransportSettings settings, SharedClients clients) {
    SharedClients.Shared taken = clients.take(settings);
    return new JdkTransport(settings, taken.client(), taken::giveBack);
  }

  /** A transport with the usual settings. */
  public JdkTransport(Duration connectionTimeout) {
    this(TransportSettings.of(connectionTimeout));
  }

  @Override
  public CompletableFuture<RestResponse> send(RestRequest request) {
    CompletableFuture<RestResponse> answer = new CompletableFuture<>();
    Redirects way = new Redirects(request, settings.origins());
    running.add(answer);
    exchange(way, answer);
    if (!request.timeout().isZero()) {
      endAfter(request.timeout(), answer);
    }
    CompletableFuture<RestResponse> told = new CompletableFuture<>();
    answer.whenComplete(
        (response, failure) -> {
          running.remove(answer);
          if (failure == null) {
            told.complete(response);
          } else {
            told.completeExceptionally(problems.describe(failure, way.hop(), request));
          }
        });
    told.whenComplete(
        (response, failure) -> {
          if (failure instanceof CancellationException) {
            answer.cancel(true);
          }
        });
    return told;
  }

  private void endAfter(Duration timeout, CompletableFuture<RestResponse> answer) {
    Future<?> deadline =
        client.after(timeout, () -> answer.completeExceptionally(new TimeoutException()));
    answer.whenComplete((response, failure) -> deadline.cancel(false));
  }

  private void exchange(Redirects way, CompletableFuture<RestResponse> answer) {
    HttpClient open = closed.get() ? null : client.http();
    if (open == null) {
      answer.completeExceptionally(new TransportClosedException());
    }
    if (open == null || answer.isDone()) {
      return;
    }
    CompletableFuture<HttpResponse<byte[]>> exchange;
    try {
      exchange =
          open.sendAsync(way.hop().toHttp(settings), new AnswerBody(settings.maxResponseBytes()));
    } catch (IllegalArgumentException e) {
      answer.completeExceptionally(new IOException(e.getMessage(), e));
      return;
    } catch (RestException e) {
      answer.completeExceptionally(e);
      return;
    }
    answer.whenComplete(
        (response, failure) -> {
          if (failure != null) {
            exchange.cancel(true);
          }
        });
    exchange.whenComplete(
        (response, failure) -> {
          if (failure != null) {
            answer.completeExceptionally(failure);
            return;
          }
          try {
            accept(way, response, answer);
          } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
  }

  private void accept(
      Redirects way, HttpResponse<byte[]> response, CompletableFuture<RestResponse> answer)
      throws IOException {
    int status = response.statusCode();
    settings.version().require(response.version());
    problems.check(
        status, response.headers().firstValue("Proxy-Authenticate").orElse(null), way.hop());
    Optional<String> location = response.headers().firstValue("Location");
    if (Redirects.isRedirect(status) && location.isPresent()) {
      way.follow(status, location.get());
      exchange(way, answer);
    } else {
      answer.complete(
          new RestResponse(status, way.answered(response.headers().map()), response.body()));
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      running.forEach(answer -> answer.completeExceptionally(new TransportClosedException()));
      leave.run();
    }
  }
}
