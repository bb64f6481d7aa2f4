package io.reststream.core.auth;

import io.reststream.core.http.TransportClosedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The token of all who ask with the same credentials. One of them renews it, the others wait. */
final class SharedToken {
  private @Nullable Token token;

  /** The value before that: answers to older requests may quote it. */
  private @Nullable String earlier;

  private @Nullable CompletableFuture<Token> renewal;

  /** Whoever gives tokens wants to be left alone for a while, by all. */
  private @Nullable ComeAgainException later;

  /**
   * A token that may be sent.
   *
   * @param ask asks for another one, given the one before, if any
   */
  CompletableFuture<Token> valid(
      Instant now, Function<@Nullable Token, CompletableFuture<Token>> ask) {
    CompletableFuture<Token> begun = new CompletableFuture<>();
    Token before;
    synchronized (this) {
      before = token;
      if (renewal != null) {
        return joined(renewal.copy(), now, ask); // a copy: who cancels does it for itself alone
      }
      if (before != null && before.isFresh(now)) {
        return CompletableFuture.completedFuture(before);
      }
      if (later != null && now.isBefore(later.at())) {
        return before != null && isStillGood(before, now)
            ? CompletableFuture.completedFuture(before)
            : CompletableFuture.failedFuture(later);
      }
      renewal = begun;
    }
    asked(ask, before)
        .whenComplete(
            (next, failure) -> {
              end(next, failure);
              if (failure == null) {
                begun.complete(next);
              } else if (before != null && isStillGood(before, now)) {
                begun.complete(before); // there will be another attempt
              } else {
                begun.completeExceptionally(failure);
              }
            });
    return begun.copy();
  }

  /** Waits for what another one asks for; where that one is closed meanwhile, asks itself. */
  private CompletableFuture<Token> joined(
      CompletableFuture<Token> renewed,
      Instant now,
      Function<@Nullable Token, CompletableFuture<Token>> ask) {
    return renewed.exceptionallyCompose(
        failure ->
            isClosed(failure) ? valid(now, ask) : CompletableFuture.failedFuture(cause(failure)));
  }

  private static boolean isClosed(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof TransportClosedException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  private static CompletableFuture<Token> asked(
      Function<@Nullable Token, CompletableFuture<Token>> ask, @Nullable Token before) {
    try {
      return ask.apply(before);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Whether it was to be renewed before it expires, and has not expired yet. */
  private static boolean isStillGood(Token token, Instant now) {
    return token.expiresAt() != null && token.isUsable(now);
  }

  private synchronized void end(@Nullable Token next, @Nullable Throwable failure) {
    renewal = null;
    later = failure != null && cause(failure) instanceof ComeAgainException told ? told : null;
    if (next != null) {
      earlier = token == null ? null : token.value();
      token = next;
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /**
   * Takes note that the API refused a token.
   *
   * @param isSent whether a token was the one that was sent
   */
  synchronized void refused(Function<Token, Boolean> isSent) {
    if (token != null && isSent.apply(token)) {
      token = token.asRefused();
    }
  }

  synchronized Collection<String> values() {
    List<String> values = new ArrayList<>();
    if (token != null) {
      values.add(token.value());
      if (token.refresh() != null) {
        values.add(token.refresh().current());
      }
    }
    if (earlier != null) {
      values.add(earlier);
    }
    return values;
  }
}
