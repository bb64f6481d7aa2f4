package io.reststream.core.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The token of all who ask with the same credentials. One of them renews it, the others wait. */
final class SharedToken {
  private @Nullable Token token;

  /** The value before that: answers to older requests may quote it. */
  private @Nullable String earlier;

  private @Nullable CompletableFuture<Token> renewal;

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
        return renewal.copy(); // so that who cancels does it for itself alone
      }
      if (before != null && before.isFresh(now)) {
        return CompletableFuture.completedFuture(before);
      }
      renewal = begun;
    }
    asked(ask, before)
        .whenComplete(
            (next, failure) -> {
              end(next);
              if (failure == null) {
                begun.complete(next);
              } else if (before != null && before.expiresAt() != null && before.isUsable(now)) {
                begun.complete(before); // it has not expired yet: there will be another attempt
              } else {
                begun.completeExceptionally(failure);
              }
            });
    return begun.copy();
  }

  private static CompletableFuture<Token> asked(
      Function<@Nullable Token, CompletableFuture<Token>> ask, @Nullable Token before) {
    try {
      return ask.apply(before);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private synchronized void end(@Nullable Token next) {
    renewal = null;
    if (next != null) {
      earlier = token == null ? null : token.value();
      token = next;
    }
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
