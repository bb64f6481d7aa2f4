package io.reststream.core.auth;

import io.reststream.core.http.RestRequest;
import java.util.concurrent.CompletableFuture;

/** No credentials. */
record Nobody() implements Authenticator {
  @Override
  public CompletableFuture<RestRequest> authenticate(RestRequest request, Context context) {
    return CompletableFuture.completedFuture(request);
  }
}
