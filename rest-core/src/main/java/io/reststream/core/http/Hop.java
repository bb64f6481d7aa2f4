package io.reststream.core.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request on the way of a request over redirects.
 *
 * @param method the HTTP method
 * @param uri the address
 * @param headers the headers by name
 * @param body the body; null when there is none
 */
record Hop(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {

  static Hop first(RestRequest request) {
    return new Hop(request.method(), request.uri(), request.headers(), request.body());
  }

  /**
   * As the JDK's client wants it.
   *
   * @throws IllegalArgumentException if it cannot be sent
   */
  HttpRequest toHttp(TransportSettings settings) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri).version(settings.version().offered(uri));
    if (headers.keySet().stream().noneMatch("Accept-Encoding"::equalsIgnoreCase)) {
      builder.setHeader("Accept-Encoding", ContentCodings.ACCEPTED);
    }
    headers.forEach(builder::setHeader);
    String authorization = settings.proxy() == null ? null : settings.proxy().authorization();
    if (authorization != null) {
      builder.setHeader("Proxy-Authorization", authorization);
    }
    return builder
        .method(
            method,
            body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  /** The method and the address, what may be secret left out. */
  @Override
  public String toString() {
    return method + " " + RedactedUrl.of(uri.toString());
  }
}
