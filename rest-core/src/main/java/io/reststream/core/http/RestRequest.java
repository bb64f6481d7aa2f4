package io.reststream.core.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
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

  /** The method and the address, what may be secret left out. */
  @Override
  public String toString() {
    return method + " " + RedactedUrl.of(uri.toString());
  }
}
