package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/** Says what a body is that cannot be read as JSON. */
final class NotJson {
  /** What is said of a body without a document. */
  static final String EMPTY = "is empty, but a JSON document was expected";

  /** What is said of a body whose letters are wider than a byte, without a mark that says so. */
  static final String WIDE = "is in UTF-16 or UTF-32, but only UTF-8 can be read";

  private static final int SHOWN = 60;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private NotJson() {}

  /**
   * What is said.
   *
   * @param missing the options that would let it be read, empty if none would
   */
  static ShapeException problem(
      byte[] body, JsonProcessingException problem, Supplier<String> missing) {
    if (problem instanceof StreamConstraintsException) {
      return new ContradictionException(
          "is beyond a limit: " + problem.getOriginalMessage(), problem);
    }
    return new ShapeException(describe(body, problem, missing), problem);
  }

  private static String describe(
      byte[] body, JsonProcessingException problem, Supplier<String> missing) {
    if (Arrays.equals(body, BYTE_ORDER_MARK)) {
      return EMPTY;
    }
    if (text(body, 0).startsWith("<")) {
      return "is HTML or XML, not JSON; it begins with '%s'".formatted(text(body, 0));
    }
    if (problem instanceof JsonEOFException && at(problem) >= body.length) {
      return "is not whole JSON: it ends after %d bytes, in the middle".formatted(body.length);
    }
    String options = missing.get();
    return "is not JSON%s%s"
        .formatted(
            where(body, problem),
            options.isEmpty() ? "" : "; to read it, set %s to 'true'".formatted(options));
  }

  /** Where it was found, in bytes; Jackson also calls some letters of names an end. */
  private static long at(JsonProcessingException problem) {
    return problem.getLocation() == null ? -1 : problem.getLocation().getByteOffset();
  }

  private static String where(byte[] body, JsonProcessingException problem) {
    long at = at(problem);
    return at <= SHOWN / 2
        ? "; it begins with '%s'".formatted(text(body, 0))
        : " at byte %d, near '%s'".formatted(at, text(body, (int) at - SHOWN / 2));
  }

  /** Some of the body, on one line. */
  private static String text(byte[] body, int from) {
    return new String(body, from, Math.min(body.length - from, SHOWN), StandardCharsets.UTF_8)
        .replaceAll("[\\s\\p{Cntrl}\\uFEFF\\uFFFD]+", " ")
        .strip();
  }
}
