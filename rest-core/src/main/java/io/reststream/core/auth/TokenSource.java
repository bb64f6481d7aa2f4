package io.reststream.core.auth;

import io.reststream.core.auth.Authenticator.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks somebody for a token. */
interface TokenSource {

  /**
   * Asks for a token.
   *
   * @param before the one before; null for none
   * @param timeout how long it may take
   */
  CompletableFuture<Token> ask(@Nullable Token before, Context context, Duration timeout);
}
