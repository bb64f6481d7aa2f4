package io.reststream.core.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reststream.core.http.RestRequest;
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

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  static Question of(RestRequest request) {
    return request.body() == null
        ? of(request.uri())
        : of(request.uri(), new String(request.body(), StandardCharsets.UTF_8));
  }

  private static Question of(URI uri, String body) {
    try {
      JsonNode json = JSON.readTree(body);
      return new Question(of(uri).feed(), text(json, "offset"), text(json, "pageToken"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("No JSON was sent: " + body, e);
    }
  }

  private static @Nullable String text(JsonNode body, String field) {
    JsonNode value = body.get(field);
    if (value == null) {
      return null;
    }
    if (value.isNull()) {
      throw new IllegalStateException("What there is none of was sent as null: " + body);
    }
    String text = value.isArray() ? value.toString() : value.asText();
    return text.isEmpty() ? null : text;
  }

  private static Question of(URI uri) {
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
