package io.reststream.core;

import io.reststream.core.http.RestRequest;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server recognises an answer by when the same request is made again (RFC 9110, section
 * 8.8).
 *
 * @param of the request that it belongs to, as a hash
 * @param kind what it is
 * @param value as the server wrote it
 */
record Validator(String of, Kind kind, String value) {

  enum Kind {
    ETAG("etag", "ETag", "If-None-Match"),
    LAST_MODIFIED("modified", "Last-Modified", "If-Modified-Since");

    /** Its name in the JSON form of a position. */
    final String field;

    /** The header that an answer has it in. */
    final String header;

    /** The header that a request sends it in. */
    final String condition;

    Kind(String field, String header, String condition) {
      this.field = field;
      this.header = header;
      this.condition = condition;
    }
  }

  /** The request, asking for an answer only if it is another one. */
  RestRequest on(RestRequest request) {
    Map<String, String> headers = new TreeMap<>(request.headers());
    headers.put(kind.condition, value);
    return new RestRequest(
        request.method(), request.uri(), headers, request.body(), request.timeout());
  }
}
