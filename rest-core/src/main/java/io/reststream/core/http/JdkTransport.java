package io.reststream.core.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests with {@code java.net.http}. A redirect is followed within its origin only, and a
 * request's time-out covers the whole answer, not only its headers.
 */
public final class JdkTransport implements Transport {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MOST_REDIRECTS = 5;

  private final HttpClient client;
  private final Duration connectionTimeout;
  private final Set<CompletableFuture<?>> running = ConcurrentHashMap.newKeySet();

  /** Not the JDK's own timer: its thread never ends, and keeps the classes of who used it first. */
  private final ScheduledThreadPoolExecutor deadlines = deadlines();

  private volatile boolean closed;

  /**
   * A transport of its own, with its own pool of connections.
   *
   * @param connectionTimeout how long connecting may take
   */
  public JdkTransport(Duration connectionTimeout) {
    HttpClient.Builder builder = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER);
    if (!connectionTimeout.isZero()) {
      builder.connectTimeout(connectionTimeout);
    }
    client = builder.build();
    this.connectionTimeout = connectionTimeout;
  }

  /** A request that comes after the end needs no deadline: it was told of the end. */
  private static ScheduledThreadPoolExecutor deadlines() {
    ScheduledThreadPoolExecutor deadlines =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "reststream-deadlines");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    deadlines.setRemoveOnCancelPolicy(true);
    return deadlines;
  }

  @Override
  public CompletableFuture<RestResponse> send(RestRequest request) {
    CompletableFuture<RestResponse> answer = new CompletableFuture<>();
    running.add(answer);
    if (closed) {
      answer.completeExceptionally(closing());
    }
    exchange(request, request.uri(), request.method(), 0, answer);
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
            told.completeExceptionally(described(failure, request));
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
        deadlines.schedule(
            () -> answer.completeExceptionally(new TimeoutException()),
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
    answer.whenComplete((response, failure) -> deadline.cancel(false));
  }

  private void exchange(
      RestRequest request,
      URI uri,
      String method,
      int redirects,
      CompletableFuture<RestResponse> answer) {
    if (answer.isDone()) {
      return;
    }
    CompletableFuture<HttpResponse<byte[]>> exchange;
    try {
      exchange =
          client.sendAsync(
              httpRequest(request, uri, method), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IllegalArgumentException e) {
      answer.completeExceptionally(new IOException(e.getMessage(), e));
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
            accept(request, uri, method, redirects, response, answer);
          } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
  }

  private void accept(
      RestRequest request,
      URI uri,
      String method,
      int redirects,
      HttpResponse<byte[]> response,
      CompletableFuture<RestResponse> answer)
      throws IOException {
    Optional<String> location = response.headers().firstValue("Location");
    if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
      answer.complete(
          new RestResponse(response.statusCode(), response.headers().map(), body(response)));
      return;
    }
    URI target = redirected(uri, location.get());
    if (!OriginRule.isSame(uri, target)) {
      throw new IOException(
          "a redirect to another origin was refused: %s; if it is right, set it in 'url'"
              .formatted(OriginRule.origin(target)));
    }
    if (redirects == MOST_REDIRECTS) {
      throw new IOException("more than " + MOST_REDIRECTS + " redirects, one after the other");
    }
    exchange(request, target, redirected(response.statusCode(), method), redirects + 1, answer);
  }

  /** The method after a redirect: as browsers do it ("Fetch", WHATWG, HTTP-redirect fetch). */
  private static String redirected(int status, String method) {
    boolean becomesGet = status == 303 || (status <= 302 && method.equals("POST"));
    return becomesGet ? "GET" : method;
  }

  /** The body, its codings undone; of a failure at least why it cannot be shown. */
  private static byte[] body(HttpResponse<byte[]> response) throws IOException {
    try {
      return ContentCodings.decode(
          response.headers().allValues("Content-Encoding"), response.body());
    } catch (IOException e) {
      if (response.statusCode() / 100 == 2) {
        throw e;
      }
      return ("(" + e.getMessage() + ")").getBytes(StandardCharsets.UTF_8);
    }
  }

  private static URI redirected(URI uri, String location) throws IOException {
    try {
      return UriReference.resolve(uri, location);
    } catch (IllegalArgumentException e) {
      throw new IOException("a redirect leads to no address: " + RedactedUrl.of(location), e);
    }
  }

  private static HttpRequest httpRequest(RestRequest request, URI uri, String method) {
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri)
            .version(tls ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
    boolean codings =
        request.headers().keySet().stream().anyMatch("Accept-Encoding"::equalsIgnoreCase);
    if (!codings) {
      builder.setHeader("Accept-Encoding", ContentCodings.ACCEPTED);
    }
    byte[] body = request.body();
    boolean sent = body != null && method.equals(request.method());
    request.headers().entrySet().stream()
        .filter(header -> sent || !header.getKey().equalsIgnoreCase("Content-Type"))
        .forEach(header -> builder.setHeader(header.getKey(), header.getValue()));
    builder.method(
        method,
        sent ? HttpRequest.BodyPublishers.ofByteArray(body) : HttpRequest.BodyPublishers.noBody());
    return builder.build();
  }

  private Throwable described(Throwable failure, RestRequest request) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof TimeoutException) {
      return new IOException(
          "no whole answer within " + request.timeout().toMillis() + " ms (readTimeout)", cause);
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return new IOException(
          "no connection within %d ms (connectionTimeout)".formatted(connectionTimeout.toMillis()),
          cause);
    }
    if (cause instanceof ConnectException) {
      return new IOException("no connection to " + OriginRule.origin(request.uri()), cause);
    }
    return cause;
  }

  @Override
  public void close() {
    closed = true;
    running.forEach(answer -> answer.completeExceptionally(closing()));
    deadlines.shutdownNow();
  }

  private static IOException closing() {
    return new IOException("the transport was closed");
  }
}
