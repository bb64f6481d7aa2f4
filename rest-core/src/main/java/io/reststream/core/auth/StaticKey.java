package io.reststream.core.auth;

import io.reststream.core.http.RestRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A key or a token that is sent as it is (Bearer: RFC 6750).
 *
 * @param placement where it stands
 * @param key asked for at each request
 */
public record StaticKey(Placement placement, Supplier<String> key) implements Authenticator {
  @Override
  public CompletableFuture<RestRequest> authenticate(RestRequest request, Context context) {
    return CompletableFuture.completedFuture(placement.put(request, key.get()));
  }

  @Override
  public @Nullable String parameter() {
    return placement.parameter();
  }
}
