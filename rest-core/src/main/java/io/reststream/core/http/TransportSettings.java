package io.reststream.core.http;

import java.time.Duration;
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
}
