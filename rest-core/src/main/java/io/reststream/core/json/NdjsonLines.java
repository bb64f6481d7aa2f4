package io.reststream.core.json;

/** The lines of a body of newline-delimited JSON. */
final class NdjsonLines {
  private NdjsonLines() {}

  /** Whether a line ends between two places. */
  static boolean isBreakIn(byte[] body, int from, int to) {
    for (int at = from; at < to; at++) {
      if (body[at] == '\n') {
        return true;
      }
    }
    return false;
  }

  /** What is wrong with the line that a place is in. */
  static ShapeException problem(byte[] body, int place, String what) {
    int line = 1;
    for (int at = 0; at < place; at++) {
      line += body[at] == '\n' ? 1 : 0;
    }
    return new ShapeException(
        "is not newline-delimited JSON: line %d %s (option 'responseFormat')"
            .formatted(line, what));
  }
}
