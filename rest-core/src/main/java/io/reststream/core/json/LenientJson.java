package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads bodies that are nearly JSON, and writes them as JSON, so that nothing else has to know of
 * them. Jackson decides what can be read; its positions in problems are those of the body that
 * came, but where only what was written of it cannot be read.
 */
public final class LenientJson {
  /** Nothing but JSON. */
  public static final LenientJson NOTHING =
      new LenientJson(EnumSet.noneOf(Leniency.class), Integer.MAX_VALUE);

  private static final LenientJson EVERYTHING =
      new LenientJson(EnumSet.allOf(Leniency.class), Integer.MAX_VALUE);

  private final Set<Leniency> allowed;
  private final int mostBytes;
  private final JsonFactory json;

  /**
   * A reader of bodies.
   *
   * @param allowed what they may hold
   * @param mostBytes how large a body may be once it is JSON
   */
  public LenientJson(Set<Leniency> allowed, int mostBytes) {
    this.allowed = allowed.isEmpty() ? EnumSet.noneOf(Leniency.class) : EnumSet.copyOf(allowed);
    this.mostBytes = mostBytes;
    JsonFactoryBuilder builder = new JsonFactoryBuilder();
    allowed.forEach(leniency -> builder.enable(leniency.feature()));
    this.json = builder.build();
  }

  /**
   * The body as JSON: its own bytes but where something stands that only is allowed, so that a
   * record is the same whatever stands beside it. The same array where it is JSON.
   *
   * @param lines whether each line is a document
   * @throws ShapeException if it cannot be read, or would be too large
   */
  byte[] strict(byte[] body, boolean lines) throws ShapeException {
    if (allowed.isEmpty()) {
      return body;
    }
    try {
      if (!reads(body)) {
        return body;
      }
    } catch (JsonProcessingException e) {
      throw problem(body, lines, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
    StrictForm form = StrictForm.of(body, lines);
    if (form.size() > mostBytes) {
      throw new ContradictionException(
          "is larger than the %d bytes that option 'maxResponseBytes' allows, once it is written as JSON"
              .formatted(mostBytes));
    }
    return form.bytes();
  }

  /**
   * Reads all of a body; false if its characters are wider than a byte, so that none has a place.
   */
  private boolean reads(byte[] body) throws IOException {
    try (JsonParser parser = json.createParser(body)) {
      if (parser.currentLocation().getByteOffset() < 0) {
        return false;
      }
      JsonToken token;
      do {
        token = parser.nextToken();
      } while (token != null);
      return true;
    }
  }

  /**
   * What is said of a body that cannot be read, with the options that would allow what it holds.
   */
  ShapeException problem(byte[] body, boolean lines, JsonProcessingException problem) {
    return NotJson.problem(body, problem, () -> missing(body, lines));
  }

  private String missing(byte[] body, boolean lines) {
    try {
      if (!EVERYTHING.reads(body) || (!lines && EVERYTHING.second(body) >= 0)) {
        return "";
      }
      return StrictForm.of(body, lines).needed().stream()
          .filter(one -> !allowed.contains(one))
          .map(one -> "'" + one.key() + "'")
          .collect(Collectors.joining(", "));
    } catch (IOException | ShapeException e) {
      return ""; // it is no such body
    }
  }

  /** Where the second document begins; negative if there is none. */
  long second(byte[] body) {
    try (JsonParser parser = json.createParser(body)) {
      parser.nextToken();
      parser.skipChildren();
      return parser.nextToken() == null ? -1 : parser.currentTokenLocation().getByteOffset();
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }
}
