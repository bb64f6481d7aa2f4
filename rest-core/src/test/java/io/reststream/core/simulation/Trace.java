package io.reststream.core.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened in a life, line by line; only a life that is told again keeps it. */
final class Trace {
  private final boolean kept;
  private final List<String> lines = new ArrayList<>();

  Trace(boolean kept) {
    this.kept = kept;
  }

  boolean isKept() {
    return kept;
  }

  void add(String format, Object... values) {
    if (kept) {
      lines.add(format.formatted(values));
    }
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
