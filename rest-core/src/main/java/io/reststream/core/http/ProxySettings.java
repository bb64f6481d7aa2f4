package io.reststream.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that all requests go through; https through a tunnel (CONNECT, RFC 9110, section
 * 9.3.6).
 *
 * @param host its host
 * @param port its port
 * @param user who asks; null for nobody in particular
 * @param password asked for at each request; of no use without a user
 */
public record ProxySettings(
    String host, int port, @Nullable String user, Supplier<String> password) {

  /** A proxy that wants no credentials. */
  public static ProxySettings of(String host, int port) {
    return new ProxySettings(host, port, null, () -> "");
  }

  ProxySelector selector() {
    return ProxySelector.of(new InetSocketAddress(host, port));
  }

  /** The value of Proxy-Authorization (RFC 7617); null without a user. */
  @Nullable String authorization() {
    return user == null
        ? null
        : "Basic "
            + Base64.getEncoder().encodeToString((user + ":" + password.get()).getBytes(UTF_8));
  }

  /** The host and the port. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
