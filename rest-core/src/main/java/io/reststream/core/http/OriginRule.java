package io.reststream.core.http;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/** Says whether two addresses have the same origin (RFC 6454): scheme, host and port. */
public final class OriginRule {
  private OriginRule() {}

  public static boolean isSame(URI one, URI other) {
    return origin(one).equals(origin(other));
  }

  /** The origin as text, such as {@code https://api.example.com:443}. */
  public static String origin(URI uri) {
    String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
    String host = Objects.requireNonNullElse(uri.getHost(), "").toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + host + ":" + port;
  }
}
