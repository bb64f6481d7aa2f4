package io.reststream.core.http;

import io.reststream.core.secret.KeyedHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How requests travel.
 *
 * @param connectionTimeout how long connecting may take; zero for any time
 * @param version which version of HTTP is spoken
 * @param maxResponseBytes how large a body may be, as it comes and once it is decoded
 * @param proxy the proxy; null for the JVM's own choice
 * @param tls whom to trust, and who we are
 * @param origins where a redirect may lead
 */
public record TransportSettings(
    Duration connectionTimeout,
    HttpVersion version,
    int maxResponseBytes,
    @Nullable ProxySettings proxy,
    TlsSettings tls,
    OriginRule origins) {
  private static final int USUAL_MAX_RESPONSE_BYTES = 64 << 20;

  /** What holds where nothing else is said. */
  public static TransportSettings of(Duration connectionTimeout) {
    return new TransportSettings(
        connectionTimeout,
        HttpVersion.AUTO,
        USUAL_MAX_RESPONSE_BYTES,
        null,
        TlsSettings.USUAL,
        OriginRule.NONE);
  }

  /**
   * What is equal where requests may travel by the same client. It tells nothing of the secrets
   * that are part of it.
   *
   * @throws io.reststream.core.RestException if a file of keys or certificates cannot be read
   */
  String clientKey() {
    List<String> parts = new ArrayList<>();
    parts.add(connectionTimeout.toString());
    parts.add(proxy == null ? "" : proxy.toString());
    String authorization = proxy == null ? null : proxy.authorization();
    parts.add(authorization == null ? "" : authorization);
    parts.addAll(tls.parts());
    return KeyedHash.of(parts);
  }
}
