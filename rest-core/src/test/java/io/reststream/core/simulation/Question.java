package io.reststream.core.simulation;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks.
 *
 * @param feed the feed's name
 * @param offset the offset's text; null where none was sent
 * @param token the page token; null for a first page
 */
record Question(String feed, @Nullable String offset, @Nullable String token) {

  static Question of(URI uri) {
    String path = uri.getRawPath();
    Map<String, String> parameters = new HashMap<>();
    String query = uri.getRawQuery();
    for (String part : query == null ? new String[0] : query.split("&")) {
      int equals = part.indexOf('=');
      if (equals > 0 && equals < part.length() - 1) {
        String value = part.substring(equals + 1);
        if (value.indexOf('+') >= 0) {
          throw new IllegalStateException("A plus was sent as it is: " + uri);
        }
        parameters.put(part.substring(0, equals), URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return new Question(
        path.substring(path.lastIndexOf('/') + 1),
        parameters.get("offset"),
        parameters.get("pageToken"));
  }
}
