package io.reststream.core.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reststream.core.auth.Authenticator.Context;
import io.reststream.core.http.RestRequest;
import io.reststream.core.json.FieldPath;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The grants of OAuth 2.0 that need no person: client credentials (RFC 6749, section 4.4), and,
 * where there is a refresh token, that (section 6).
 *
 * @param tokenUrl where tokens are asked for
 * @param clientId who asks
 * @param clientSecret proves it; null for a client that has none
 * @param client how the client proves who it is
 * @param parameters what the request says besides, such as scope and audience
 * @param refreshToken the first refresh token; null for the client's own credentials
 */
public record OAuth2(
    URI tokenUrl,
    Supplier<String> clientId,
    @Nullable Supplier<String> clientSecret,
    ClientProof client,
    Map<String, String> parameters,
    @Nullable Supplier<String> refreshToken)
    implements TokenSource {
  private static final TokenFields FIELDS =
      new TokenFields(FieldPath.parse("access_token"), FieldPath.parse("expires_in"));
  private static final FieldPath REFRESH_TOKEN = FieldPath.parse("refresh_token");

  /** How a client proves to the token endpoint who it is (RFC 6749, section 2.3.1). */
  public enum ClientProof {
    /** In the header Authorization. */
    BASIC("basic"),
    /** In the form. */
    BODY("body");

    private final String text;

    ClientProof(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @Override
  public CompletableFuture<Token> ask(@Nullable Token before, Context context, Duration timeout) {
    Token.Refresh refresh = refresh(before);
    TokenRequest request = new TokenRequest(request(refresh, context, timeout), FIELDS);
    return request
        .send(context)
        .thenApply(answer -> answer.token(context.now(), renewed(refresh, answer)));
  }

  /**
   * The refresh token to ask with: the one of the options, unless the server gave another since.
   */
  private Token.@Nullable Refresh refresh(@Nullable Token before) {
    if (refreshToken == null) {
      return null;
    }
    String configured = refreshToken.get();
    Token.Refresh known = before == null ? null : before.refresh();
    return known != null && known.configured().equals(configured)
        ? known
        : new Token.Refresh(configured, configured);
  }

  private static Token.@Nullable Refresh renewed(
      Token.@Nullable Refresh asked, TokenAnswer answer) {
    String next = answer.text(REFRESH_TOKEN);
    return asked == null || next == null || next.isEmpty()
        ? asked
        : new Token.Refresh(asked.configured(), next);
  }

  private RestRequest request(Token.@Nullable Refresh refresh, Context context, Duration timeout) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", refresh == null ? "client_credentials" : "refresh_token");
    if (refresh != null) {
      form.put("refresh_token", refresh.current());
    }
    form.putAll(parameters);
    form.putAll(context.parameters());
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    headers.put("Accept", "application/json");
    if (client == ClientProof.BASIC && clientSecret != null) {
      String id = FormText.encoded(clientId.get());
      String secret = FormText.encoded(clientSecret.get());
      headers.put("Authorization", "Basic " + Basic.encoded(id, secret));
    } else {
      form.put("client_id", clientId.get());
      if (clientSecret != null) {
        form.put("client_secret", clientSecret.get());
      }
    }
    return new RestRequest("POST", tokenUrl, headers, FormText.of(form).getBytes(UTF_8), timeout);
  }

  @Override
  public String toString() {
    return "OAuth2 from " + tokenUrl.getHost();
  }
}
