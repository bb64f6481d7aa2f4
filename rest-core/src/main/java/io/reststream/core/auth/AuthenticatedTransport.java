package io.reststream.core.auth;

import io.reststream.core.http.OriginRule;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.core.http.TransportClosedException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts credentials into the requests to one origin, and into no others. Where they are refused, it
 * renews them if they can be, and makes the request once more; a second refusal is the answer.
 *
 * <p>Requests for credentials that are under way when it is closed are heard to their end: the
 * answer may hold the only refresh token that is still good, and others share it.
 */
public final class AuthenticatedTransport implements Transport {
  private final Transport inner;
  private final AuthSettings settings;
  private final Authenticator authenticator;
  private final Set<Integer> refreshing;
  private final Authenticator.Context context;
  private final Set<CompletableFuture<RestResponse>> renewing = ConcurrentHashMap.newKeySet();
  private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * A transport over another one, which it closes.
   *
   * @param authenticator one that the settings' scheme has made
   * @param refreshing the statuses by which an API refuses credentials
   */
  public AuthenticatedTransport(
      Transport inner,
      AuthSettings settings,
      Authenticator authenticator,
      Set<Integer> refreshing,
      InstantSource clock,
      AnswerReader reader) {
    this.inner = inner;
    this.settings = settings;
    this.authenticator = authenticator;
    this.refreshing = Set.copyOf(refreshing);
    this.context = new Means(this::renew, clock, settings, reader);
  }

  @Override
  public CompletableFuture<RestResponse> send(RestRequest request) {
    if (!OriginRule.isSame(settings.home(), request.uri())) {
      return inner.send(request);
    }
    Exchange exchange = new Exchange(request);
    exchange.begin(true);
    return exchange.answer;
  }

  private CompletableFuture<RestResponse> renew(RestRequest request) {
    CompletableFuture<RestResponse> answer = inner.send(request);
    renewing.add(answer);
    answer.whenComplete((response, failure) -> renewing.remove(answer));
    return answer;
  }

  @Override
  public void close() {
    closed = true;
    CompletableFuture<?> renewed =
        CompletableFuture.allOf(renewing.toArray(CompletableFuture[]::new));
    exchanges.forEach(Exchange::end);
    renewed.whenComplete((unused, failure) -> inner.close());
  }

  /** A request with its credentials, up to twice. */
  private final class Exchange {
    private final RestRequest request;
    private final CompletableFuture<RestResponse> answer = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<?> step;

    Exchange(RestRequest request) {
      this.request = request;
      exchanges.add(this);
      answer.whenComplete(
          (response, failure) -> {
            exchanges.remove(this);
            CompletableFuture<?> running = step;
            if (failure instanceof CancellationException && running != null) {
              running.cancel(true);
            }
          });
    }

    /** Nobody waits for the answer any more. */
    void end() {
      answer.completeExceptionally(new TransportClosedException());
    }

    void begin(boolean mayRenew) {
      if (closed) {
        end();
        return;
      }
      CompletableFuture<RestRequest> signed;
      try {
        signed = authenticator.authenticate(request, context);
      } catch (RuntimeException | Error e) {
        answer.completeExceptionally(e);
        return;
      }
      after(signed, sent -> after(inner.send(sent), response -> accept(sent, response, mayRenew)));
    }

    private void accept(RestRequest sent, RestResponse response, boolean mayRenew) {
      if (mayRenew && refreshing.contains(response.status()) && authenticator.refused(sent)) {
        begin(false);
      } else {
        answer.complete(response);
      }
    }

    private <T> void after(CompletableFuture<T> done, Consumer<T> next) {
      step = done;
      if (answer.isDone()) {
        done.cancel(true);
      }
      done.whenComplete(
          (value, failure) -> {
            if (failure != null) {
              answer.completeExceptionally(cause(failure));
              return;
            }
            if (answer.isDone()) {
              return;
            }
            try {
              next.accept(value);
            } catch (RuntimeException | Error e) {
              answer.completeExceptionally(e);
            }
          });
    }

    private static Throwable cause(Throwable failure) {
      Throwable cause = failure;
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause;
    }
  }

  /** What the authenticator may use. */
  private record Means(
      Function<RestRequest, CompletableFuture<RestResponse>> sender,
      InstantSource clock,
      AuthSettings settings,
      AnswerReader reader)
      implements Authenticator.Context {
    @Override
    public CompletableFuture<RestResponse> send(RestRequest request) {
      return sender.apply(request);
    }

    @Override
    public @Nullable Instant comeAgain(RestResponse response) {
      return reader.comeAgain(response, now());
    }

    @Override
    public String shown(RestRequest request, String text) {
      return reader.shown(request, text);
    }

    @Override
    public Instant now() {
      return clock.instant();
    }

    @Override
    public Map<String, String> parameters() {
      return settings.parameters().get();
    }
  }
}
