package io.reststream.core.config;

import io.reststream.core.auth.AuthSettings;
import io.reststream.core.auth.Authenticator;
import io.reststream.core.auth.Basic;
import io.reststream.core.auth.CustomScheme;
import io.reststream.core.auth.OAuth1;
import io.reststream.core.auth.OAuth2;
import io.reststream.core.auth.Placement;
import io.reststream.core.auth.StaticKey;
import io.reststream.core.auth.TokenScheme;
import io.reststream.core.secret.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what the options say about who asks. */
final class AuthOptions {
  private static final Supplier<String> NOTHING = () -> "";

  private final Map<String, Object> values;
  private final @Nullable RequestTemplate request;
  private final Secrets secrets;
  private final ConfigProblems problems;
  private final AuthChecks checks;

  private AuthOptions(
      Set<String> given,
      Map<String, Object> values,
      @Nullable RequestTemplate request,
      Secrets secrets,
      ConfigProblems problems) {
    this.values = values;
    this.request = request;
    this.secrets = secrets;
    this.problems = problems;
    this.checks = new AuthChecks(given, values, request, problems);
  }

  /**
   * Reads them.
   *
   * @param given the options that were given, rather than have their defaults
   * @param request what is sent; null if it cannot be read
   */
  static AuthSettings parse(
      Set<String> given,
      Map<String, Object> values,
      @Nullable RequestTemplate request,
      Secrets secrets,
      ConfigProblems problems) {
    AuthOptions options = new AuthOptions(given, values, request, secrets, problems);
    AuthType type = options.value(CredentialOptions.AUTH_TYPE);
    URI home = URI.create(request == null ? "http://unknown" : request.url().example());
    if (type == null) {
      return AuthSettings.none(home);
    }
    options.checks.check(type);
    Supplier<Map<String, String>> parameters = options.parameters();
    Supplier<Authenticator> scheme = options.scheme(type);
    return scheme == null ? AuthSettings.none(home) : new AuthSettings(home, scheme, parameters);
  }

  private @Nullable Supplier<Authenticator> scheme(AuthType type) {
    return switch (type) {
      case NONE -> null;
      case BASIC -> basic();
      case BEARER -> key(checks.tokenPlacement(type), CredentialOptions.OAUTH_TOKEN);
      case API_KEY -> key(checks.keyPlacement(), CredentialOptions.API_KEY);
      case OAUTH1 -> oauth1();
      case OAUTH2 -> oauth2();
      case LOGIN -> login();
      case CUSTOM -> {
        String name = value(CredentialOptions.AUTH_CLASS);
        yield name == null ? null : () -> CustomScheme.of(name.trim());
      }
    };
  }

  private Supplier<Authenticator> basic() {
    Supplier<String> user = secret(CredentialOptions.USER_ID);
    Supplier<String> password = secret(CredentialOptions.USER_PASSWORD);
    return () -> new Basic(user, password);
  }

  private @Nullable Supplier<Authenticator> key(
      @Nullable Placement placement, Option<String> option) {
    Supplier<String> key = secret(option);
    return placement == null ? null : () -> new StaticKey(placement, key);
  }

  private @Nullable Supplier<Authenticator> oauth1() {
    OAuth1.Method method = value(CredentialOptions.OAUTH_SIGNATURE_METHOD);
    Supplier<String> key = secret(CredentialOptions.OAUTH_CONSUMER_KEY);
    Supplier<String> secret = secret(CredentialOptions.OAUTH_CONSUMER_SECRET);
    Secret token = secrets.of(CredentialOptions.OAUTH_TOKEN);
    Secret tokenSecret = secrets.of(CredentialOptions.OAUTH_TOKEN_SECRET);
    String realm = value(CredentialOptions.OAUTH_REALM);
    return method == null
        ? null
        : () -> new OAuth1(key, secret, token, tokenSecret, method, realm, OAuth1.randomNonce());
  }

  private @Nullable Supplier<Authenticator> oauth2() {
    URI url = checks.address(CredentialOptions.OAUTH_TOKEN_URL);
    Placement placement = checks.tokenPlacement(AuthType.OAUTH2);
    OAuth2.ClientProof proof = value(CredentialOptions.OAUTH_CLIENT_AUTH);
    Supplier<String> id = secret(CredentialOptions.OAUTH_CLIENT_ID);
    Secret clientSecret = secrets.of(CredentialOptions.OAUTH_CLIENT_SECRET);
    Secret refreshToken = secrets.of(CredentialOptions.OAUTH_REFRESH_TOKEN);
    Map<String, String> parameters = new LinkedHashMap<>();
    putIfGiven(parameters, "scope", CredentialOptions.OAUTH_SCOPE);
    putIfGiven(parameters, "audience", CredentialOptions.OAUTH_AUDIENCE);
    if (url == null || placement == null || proof == null) {
      return null;
    }
    OAuth2 grant = new OAuth2(url, id, clientSecret, proof, parameters, refreshToken);
    String credentials = credentials();
    return () -> TokenScheme.of(grant, placement, credentials);
  }

  private void putIfGiven(Map<String, String> parameters, String name, Option<String> option) {
    String text = value(option);
    if (text != null) {
      parameters.put(name, text);
    }
  }

  private @Nullable Supplier<Authenticator> login() {
    Placement placement = checks.tokenPlacement(AuthType.LOGIN);
    URI url = checks.address(CredentialOptions.LOGIN_URL);
    var login = LoginOptions.parse(values, url, secrets, problems);
    String credentials = credentials();
    return login == null || placement == null
        ? null
        : () -> TokenScheme.of(login, placement, credentials);
  }

  /** The texts of all that makes up the credentials: who has the same shares the token. */
  private String credentials() {
    Map<String, Object> all = new TreeMap<>();
    AuthChecks.OF_SCHEMES
        .keySet()
        .forEach(option -> all.put(option.key(), String.valueOf(values.get(option.key()))));
    return all.toString();
  }

  private Supplier<Map<String, String>> parameters() {
    Map<String, Secret> parameters = new LinkedHashMap<>();
    Map<String, String> texts = checks.parameters();
    texts.forEach(
        (name, text) -> {
          Secret secret = secrets.of("Option 'authParameters', '%s',".formatted(name), text);
          if (secret != null) {
            parameters.put(name, secret);
          }
        });
    return () -> {
      Map<String, String> read = new LinkedHashMap<>();
      parameters.forEach((name, secret) -> read.put(name, secret.get()));
      return read;
    };
  }

  /** The secret of an option that has to be there; that it is not is a problem by then. */
  private Supplier<String> secret(Option<String> option) {
    Secret secret = secrets.of(option);
    return secret == null ? NOTHING : secret;
  }

  @SuppressWarnings("unchecked")
  private <T> @Nullable T value(Option<T> option) {
    return (T) values.get(option.key());
  }
}
