package io.reststream.core.page;

import io.reststream.core.http.OriginRule;
import io.reststream.core.http.RedactedUrl;
import io.reststream.core.http.UriReference;
import io.reststream.core.json.ContradictionException;
import io.reststream.core.json.ShapeException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Reads the address that a response calls the next one.
 *
 * @param origins where it may lead
 * @param credentials the parameter of queries that holds credentials, which no address keeps: they
 *     are put into each request, and positions are stored; null for none
 */
public record NextAddress(OriginRule origins, @Nullable String credentials) {

  /**
   * Resolves it, absolute or relative (RFC 3986, section 5). Where the host was asked over TLS, a
   * link of its own that says {@code http} is meant so too.
   *
   * @param value what the response holds; null or empty for none
   * @param asked the address that the response came from
   * @return null for none
   * @throws ShapeException if it is no address, or leads elsewhere
   */
  public @Nullable String of(@Nullable String value, URI asked) throws ShapeException {
    if (value == null || value.isEmpty()) {
      return null;
    }
    URI next;
    try {
      next = UriReference.resolve(asked, value);
    } catch (IllegalArgumentException e) {
      throw new ShapeException(
          "has a next page that is no address: '%s'".formatted(RedactedUrl.of(value)), e);
    }
    if (OriginRule.isSame(asked, overTls(next))) {
      URI own = overTls(next);
      return credentials == null
          ? own.toString()
          : UriReference.withoutParameter(own, credentials).toString();
    }
    if (!origins.allows(next)) {
      throw new ContradictionException(
          "has a next page on another origin, %s, which option 'allowedHosts' does not name"
              .formatted(OriginRule.origin(next)));
    }
    return next.toString();
  }

  /** An API behind a proxy that ends TLS may write its own address as {@code http}. */
  private static URI overTls(URI next) {
    boolean plain = "http".equalsIgnoreCase(next.getScheme()) && next.getPort() < 0;
    return plain ? URI.create("https" + next.toString().substring("http".length())) : next;
  }
}
