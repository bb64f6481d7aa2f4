package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.nio.charset.StandardCharsets;

/** Says what a body is that is not JSON. */
final class NotJson {
  private static final int SHOWN = 60;

  private NotJson() {}

  static String describe(byte[] body, JsonProcessingException problem) {
    String beginning =
        new String(body, 0, Math.min(body.length, SHOWN), StandardCharsets.UTF_8)
            .replaceAll("\\s+", " ")
            .strip();
    if (beginning.startsWith("<")) {
      return "is HTML or XML, not JSON; it begins with '%s'".formatted(beginning);
    }
    if (problem instanceof JsonEOFException) {
      return "is not whole JSON: it ends after %d bytes, in the middle".formatted(body.length);
    }
    JsonLocation location = problem.getLocation();
    return "is not JSON (at byte %d); it begins with '%s'"
        .formatted(location == null ? 0 : location.getByteOffset(), beginning);
  }
}
