package io.reststream.core.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the options, so that all of it is reported at once. */
final class ConfigProblems {
  private final List<String> problems = new ArrayList<>();

  void add(String problem, @Nullable Object... values) {
    problems.add(values.length == 0 ? problem : problem.formatted(values));
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
