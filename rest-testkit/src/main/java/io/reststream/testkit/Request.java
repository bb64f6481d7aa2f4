package io.reststream.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it reached the API.
 *
 * @param number the place in the order of arrival, from 1
 * @param method such as {@code GET}
 * @param path the path, percent-encoded as it came
 * @param query the query, percent-encoded as it came, without the question mark; null if none
 * @param headers names compare without case
 * @param body as text in UTF-8; empty if none
 * @param params what the request asks with: the members of a JSON body or of a form, the decoded
 *     query (a plus sign is a space), and the parts of the path that the endpoint names; later ones
 *     win
 */
public record Request(
    int number,
    String method,
    String path,
    @Nullable String query,
    Map<String, List<String>> headers,
    String body,
    Map<String, String> params) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A parameter's value; null if the request does not carry it. */
  public @Nullable String param(String name) {
    return params.get(name);
  }

  /** The first value of a header; null if the request does not carry it. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** The same request, asking with one more parameter. */
  Request with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(params);
    more.put(name, value);
    return new Request(number, method, path, query, headers, body, more);
  }

  /** Path and query as they came, such as {@code /events?since=0}. */
  public String target() {
    return query == null ? path : path + "?" + query;
  }

  /** Method and target, such as {@code GET /events?since=0}. */
  @Override
  public String toString() {
    return method + " " + target();
  }

  static Map<String, String> paramsOf(@Nullable String query, boolean form, String body) {
    Map<String, String> params = new LinkedHashMap<>();
    if (body.startsWith("{")) {
      members(body)
          .fields()
          .forEachRemaining(member -> params.put(member.getKey(), text(member.getValue())));
    }
    if (form) {
      addPairs(body, params);
    }
    if (query != null) {
      addPairs(query, params);
    }
    return params;
  }

  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  private static void addPairs(String pairs, Map<String, String> params) {
    for (String pair : pairs.isEmpty() ? new String[0] : pairs.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      params.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
  }

  private static JsonNode members(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode(); // a body in another format has no parameters
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
