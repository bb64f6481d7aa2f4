package io.reststream.core.http;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says which origins (RFC 6454: scheme, host and port) a redirect or a next link may lead to.
 * Credentials stay at the origin of the request that was meant; elsewhere only harmless headers go.
 *
 * @param allowed the origins, each as {@link #origin} writes it
 */
public record OriginRule(Set<String> allowed) {
  /** No origin besides the one that is asked. */
  public static final OriginRule NONE = new OriginRule(Set.of());

  private static final Set<String> HARMLESS =
      Set.of("accept", "accept-encoding", "accept-language", "user-agent");

  public OriginRule {
    allowed = Set.copyOf(allowed);
  }

  /** The same rule with the origin of this address. */
  public OriginRule with(URI address) {
    Set<String> more = new HashSet<>(allowed);
    more.add(origin(address));
    return new OriginRule(more);
  }

  /** Whether the address may be asked. */
  public boolean allows(URI address) {
    return allowed.contains(origin(address));
  }

  /** The headers that may go to another origin than the one they were meant for. */
  public static Map<String, String> harmless(Map<String, String> headers) {
    Map<String, String> harmless = new TreeMap<>(headers);
    harmless.keySet().removeIf(name -> !HARMLESS.contains(name.toLowerCase(Locale.ROOT)));
    return harmless;
  }

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
