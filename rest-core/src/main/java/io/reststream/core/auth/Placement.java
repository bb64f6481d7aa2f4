package io.reststream.core.auth;

import io.reststream.core.RequestException;
import io.reststream.core.http.RestRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where a key or a token stands in a request.
 *
 * @param place in a header or in the query
 * @param name the name of the header or parameter
 * @param prefix what stands before it, without the space between them; empty for nothing
 */
public record Placement(Place place, String name, String prefix) {

  /** Where credentials can stand. */
  public enum Place {
    HEADER("header"),
    QUERY("query");

    private final String text;

    Place(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** The parameter of the query; null if it is a header. */
  @Nullable String parameter() {
    return place == Place.QUERY ? name : null;
  }

  /** The request with a value at this place. */
  RestRequest put(RestRequest request, String value) {
    String whole = prefix.isEmpty() ? value : prefix + " " + value;
    if (place == Place.QUERY) {
      return request.withParameter(name, whole);
    }
    for (int i = 0; i < whole.length(); i++) {
      if (whole.charAt(i) < ' ' || whole.charAt(i) > '~') {
        throw new RequestException(
            "The credentials cannot be sent in the header '%s': they hold U+%04X."
                .formatted(name, (int) whole.charAt(i)));
      }
    }
    return request.withHeader(name, whole);
  }
}
