package io.reststream.core.config;

import io.reststream.core.http.HttpVersion;
import io.reststream.core.http.KeyStoreFiles;
import io.reststream.core.http.ProxySettings;
import io.reststream.core.http.TlsSettings;
import io.reststream.core.http.TransportSettings;
import io.reststream.core.http.TrustStore;
import io.reststream.core.template.UriTemplate;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what the options say about how requests travel. */
final class TransportOptions {
  private final Map<String, Object> values;
  private final Secrets secrets;
  private final ConfigProblems problems;

  private TransportOptions(Map<String, Object> values, Secrets secrets, ConfigProblems problems) {
    this.values = values;
    this.secrets = secrets;
    this.problems = problems;
  }

  /**
   * Reads them.
   *
   * @param url the address to ask; null if it cannot be read
   * @return null if a value cannot be read
   */
  static @Nullable TransportSettings parse(
      Map<String, Object> values,
      @Nullable UriTemplate url,
      Secrets secrets,
      ConfigProblems problems) {
    return new TransportOptions(values, secrets, problems)
        .parse(URI.create(url == null ? "http://unknown" : url.example()));
  }

  private @Nullable TransportSettings parse(URI url) {
    ProxySettings proxy = proxy();
    TlsSettings tls = tls();
    Duration connectionTimeout = value(RestOptions.CONNECTION_TIMEOUT);
    HttpVersion version = value(RestOptions.HTTP_VERSION);
    Integer maxResponseBytes = value(RestOptions.MAX_RESPONSE_BYTES);
    String allowed = value(RestOptions.ALLOWED_HOSTS);
    var origins = AllowedHosts.parse(allowed == null ? "" : allowed, url, problems);
    return connectionTimeout == null || version == null || maxResponseBytes == null
        ? null
        : new TransportSettings(connectionTimeout, version, maxResponseBytes, proxy, tls, origins);
  }

  private @Nullable ProxySettings proxy() {
    needs(RestOptions.PROXY_USER, RestOptions.PROXY);
    needs(RestOptions.PROXY_USER, RestOptions.PROXY_PASSWORD);
    needs(RestOptions.PROXY_PASSWORD, RestOptions.PROXY_USER);
    String text = value(RestOptions.PROXY);
    if (text == null) {
      return null;
    }
    String trimmed = text.trim();
    boolean http = trimmed.toLowerCase(Locale.ROOT).startsWith("http://");
    URI address;
    try {
      address = new URI(http ? trimmed : "http://" + trimmed);
    } catch (URISyntaxException e) {
      address = URI.create("");
    }
    boolean bare =
        address.getHost() != null
            && address.getRawUserInfo() == null
            && address.getPort() >= 1
            && address.getPort() <= UrlOption.HIGHEST_PORT
            && address.getRawPath().matches("/?")
            && address.getRawQuery() == null
            && address.getRawFragment() == null;
    if (!bare) {
      problems.add(
          "Option 'proxy' must be a host and a port such as 'proxy.example.com:3128' or"
              + " 'http://proxy.example.com:3128', the user in 'proxyUser', but was '%s'.",
          trimmed.replaceFirst("^(.*://)?.*@", "$1****@"));
      return null;
    }
    Supplier<String> password = secrets.of(RestOptions.PROXY_PASSWORD);
    return new ProxySettings(
        address.getHost(),
        address.getPort(),
        value(RestOptions.PROXY_USER),
        password == null ? () -> "" : password);
  }

  private TlsSettings tls() {
    needs(RestOptions.TRUST_STORE_PASSWORD, RestOptions.TRUST_STORE);
    needs(RestOptions.KEY_STORE_KEY, RestOptions.KEY_STORE);
    needs(RestOptions.KEY_STORE_PASSWORD, RestOptions.KEY_STORE);
    String trust = value(RestOptions.TRUST_STORE);
    String keys = value(RestOptions.KEY_STORE);
    return new TlsSettings(
        trust == null ? null : new TrustStore(trust, secrets.of(RestOptions.TRUST_STORE_PASSWORD)),
        keys == null
            ? null
            : new KeyStoreFiles(
                keys,
                value(RestOptions.KEY_STORE_KEY),
                secrets.of(RestOptions.KEY_STORE_PASSWORD)));
  }

  private void needs(Option<?> option, Option<?> other) {
    if (values.containsKey(option.key()) && !values.containsKey(other.key())) {
      problems.add("Option '%s' needs '%s', which is not set.", option.key(), other.key());
    }
  }

  @SuppressWarnings("unchecked")
  private <T> @Nullable T value(Option<T> option) {
    return (T) values.get(option.key());
  }
}
