package io.reststream.core.page;

import io.reststream.core.config.PageSettings;
import io.reststream.core.http.OriginRule;
import io.reststream.core.http.RedactedUrl;
import io.reststream.core.http.UriReference;
import io.reststream.core.json.ContradictionException;
import io.reststream.core.json.ShapeException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How the next page of a cycle is asked for: what its token is, and what the token means. */
public sealed interface Pagination {

  /**
   * The style that the options name.
   *
   * @param origins where a link may lead
   */
  static Pagination of(PageSettings settings, OriginRule origins) {
    return switch (settings.style()) {
      case NONE -> new None();
      case NEXT_URL -> new NextUrl(origins);
      case CURSOR -> new Cursor();
    };
  }

  /**
   * The token of the page that follows.
   *
   * @param value the response's value for the next page; null when it has none
   * @param asked the address that the response came from
   * @return the token; null at the end
   * @throws ShapeException if the value cannot be a token
   */
  @Nullable String token(@Nullable String value, URI asked) throws ShapeException;

  /** Whether the token is the address of the next request, in place of the template. */
  default boolean isAddress() {
    return false;
  }

  /** No pages: the offset leads on. */
  record None() implements Pagination {
    @Override
    public @Nullable String token(@Nullable String value, URI asked) {
      return null;
    }
  }

  /** The response holds a token, which a placeholder sends. */
  record Cursor() implements Pagination {
    @Override
    public @Nullable String token(@Nullable String value, URI asked) {
      return value == null || value.isEmpty() ? null : value;
    }
  }

  /**
   * The response holds the next page's address, absolute or relative (RFC 3986, section 5).
   *
   * @param origins where it may lead
   */
  record NextUrl(OriginRule origins) implements Pagination {
    @Override
    public @Nullable String token(@Nullable String value, URI asked) throws ShapeException {
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

    @Override
    public boolean isAddress() {
      return true;
    }
  }
}
