package io.reststream.core.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reststream.core.http.RestRequest;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A user and a password (RFC 7617), in UTF-8. */
public final class Basic implements Authenticator {
  private final Supplier<String> user;
  private final Supplier<String> password;
  private volatile List<String> sent = List.of();

  /** Both are asked for at each request. */
  public Basic(Supplier<String> user, Supplier<String> password) {
    this.user = user;
    this.password = password;
  }

  @Override
  public CompletableFuture<RestRequest> authenticate(RestRequest request, Context context) {
    String credentials = encoded(user.get(), password.get());
    sent = List.of(credentials);
    return CompletableFuture.completedFuture(
        request.withHeader("Authorization", "Basic " + credentials));
  }

  static String encoded(String user, String password) {
    return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  @Override
  public Collection<String> secrets() {
    return sent;
  }
}
