package io.reststream.core.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A whole answer.
 *
 * @param status the HTTP status
 * @param headers the headers; names in any case
 * @param body the bytes as they are after any Content-Encoding was undone
 */
public record RestResponse(int status, Map<String, List<String>> headers, byte[] body) {
  public RestResponse {
    Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    List<String> values = headers.get(name);
    return values == null ? Optional.empty() : values.stream().findFirst();
  }

  /** The media type, lower case, without parameters; empty when the server names none. */
  public String mediaType() {
    String type = header("Content-Type").orElse("");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return status + " with " + body.length + " bytes";
  }
}
