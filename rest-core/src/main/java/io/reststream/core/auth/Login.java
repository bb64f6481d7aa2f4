package io.reststream.core.auth;

import io.reststream.core.auth.Authenticator.Context;
import io.reststream.core.http.RestRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request whose JSON answer holds the token.
 *
 * @param method its method
 * @param url its address
 * @param headers its headers, asked for each time
 * @param body its body, asked for each time; null for none
 * @param fields where the token stands in the answer
 */
public record Login(
    String method,
    URI url,
    Supplier<Map<String, String>> headers,
    @Nullable Supplier<byte[]> body,
    TokenFields fields)
    implements TokenSource {
  @Override
  public CompletableFuture<Token> ask(@Nullable Token before, Context context, Duration timeout) {
    byte[] sent = body == null ? null : body.get();
    RestRequest request = new RestRequest(method, url, headers.get(), sent, timeout);
    return new TokenRequest(request, fields)
        .send(context)
        .thenApply(answer -> answer.token(context.now(), null));
  }

  @Override
  public String toString() {
    return "Login at " + url.getHost();
  }
}
