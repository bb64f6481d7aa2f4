package io.reststream.core.auth;

import io.reststream.core.http.RestRequest;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A token that is asked for first, shared, and renewed when it is over or refused. */
public final class TokenScheme implements Authenticator {
  private final TokenSource source;
  private final Placement placement;
  private final SharedToken token;

  private TokenScheme(TokenSource source, Placement placement, String credentials) {
    this.source = source;
    this.placement = placement;
    this.token = SharedTokens.of(credentials);
  }

  /**
   * By OAuth 2.0.
   *
   * @param credentials the texts of all options that make them up: who has the same shares the
   *     token
   */
  public static TokenScheme of(OAuth2 grant, Placement placement, String credentials) {
    return new TokenScheme(grant, placement, credentials);
  }

  /** By a login request. */
  public static TokenScheme of(Login login, Placement placement, String credentials) {
    return new TokenScheme(login, placement, credentials);
  }

  @Override
  public CompletableFuture<RestRequest> authenticate(RestRequest request, Context context) {
    return token
        .valid(context.now(), before -> source.ask(before, context, request.timeout()))
        .thenApply(valid -> placement.put(request, valid.value()));
  }

  @Override
  public boolean refused(RestRequest request) {
    token.refused(sent -> isIn(request, sent));
    return true;
  }

  private boolean isIn(RestRequest request, Token sent) {
    if (placement.place() == Placement.Place.HEADER) {
      String value = placement.prefix().isEmpty() ? "" : placement.prefix() + " ";
      return (value + sent.value()).equals(request.headers().get(placement.name()));
    }
    String query = request.uri().getRawQuery();
    return query != null
        && FormText.pairs(query).stream()
            .anyMatch(
                pair ->
                    pair.getKey().equals(placement.name())
                        && pair.getValue().endsWith(sent.value()));
  }

  @Override
  public @Nullable String parameter() {
    return placement.parameter();
  }

  @Override
  public Collection<String> secrets() {
    return token.values();
  }
}
