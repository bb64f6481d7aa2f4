package io.reststream.core.config;

import java.util.Locale;

/** How records stand in a response's body. */
public enum ResponseFormat {
  /** One JSON document. */
  JSON,
  /** A JSON document on each line (newline-delimited JSON), each of them a record. */
  NDJSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
