package io.reststream.core.auth;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Who asks, and where that is shown.
 *
 * @param home an address at the origin that credentials go to
 * @param scheme makes what puts credentials into requests
 * @param parameters the option {@code authParameters}, read when it is asked for
 */
public record AuthSettings(
    URI home, Supplier<Authenticator> scheme, Supplier<Map<String, String>> parameters) {

  /** No credentials beyond what the headers hold. */
  public static AuthSettings none(URI home) {
    return new AuthSettings(home, Nobody::new, Map::of);
  }

  @Override
  public String toString() {
    return "AuthSettings for " + home.getHost();
  }
}
