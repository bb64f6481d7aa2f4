package io.reststream.core.page;

import io.reststream.core.http.OriginRule;
import io.reststream.core.http.RedactedUrl;
import io.reststream.core.http.UriReference;
import io.reststream.core.json.ContradictionException;
import io.reststream.core.json.ShapeException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The address that a response calls the next one. */
public final class NextAddress {
  private NextAddress() {}

  /**
   * Resolves it, absolute or relative (RFC 3986, section 5).
   *
   * @param value what the response holds; null or empty for none
   * @param asked the address that the response came from
   * @param origins where it may lead
   * @return null for none
   * @throws ShapeException if it is no address, or leads elsewhere
   */
  public static @Nullable String of(@Nullable String value, URI asked, OriginRule origins)
      throws ShapeException {
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
    if (!origins.allows(next)) {
      throw new ContradictionException(
          "has a next page on another origin, %s, which option 'allowedHosts' does not name"
              .formatted(OriginRule.origin(next)));
    }
    return next.toString();
  }
}
