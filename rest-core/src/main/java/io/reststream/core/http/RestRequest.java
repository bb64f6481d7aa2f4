package io.reststream.core.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request, ready to be sent.
 *
 * @param method the HTTP method
 * @param uri the address
 * @param headers the headers by name
 * @param body the body; null when there is none
 * @param timeout how long it may take up to the last byte of the answer
 */
public record RestRequest(
    String method, URI uri, Map<String, String> headers, byte @Nullable [] body, Duration timeout) {

  /** The same request with one header more, or another value for it. */
  public RestRequest withHeader(String name, String value) {
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return new RestRequest(method, uri, more, body, timeout);
  }

  /** The same request with one parameter more in its query. */
  public RestRequest withParameter(String name, String value) {
    String pair = encoded(name) + "=" + encoded(value);
    String address = uri.toString();
    int fragment = address.indexOf('#');
    String whole = fragment < 0 ? address : address.substring(0, fragment);
    String query = uri.getRawQuery();
    String sign = query == null ? "?" : query.isEmpty() || query.endsWith("&") ? "" : "&";
    return new RestRequest(method, URI.create(whole + sign + pair), headers, body, timeout);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The method and the address, what may be secret left out. */
  @Override
  public String toString() {
    return method + " " + RedactedUrl.of(uri.toString());
  }
}
