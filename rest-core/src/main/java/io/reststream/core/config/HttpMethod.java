package io.reststream.core.config;

/** The methods that a request may have (RFC 9110, RFC 5789). */
public enum HttpMethod {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE
}
