package io.reststream.core.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the options, so that all of it is reported at once. */
final class ConfigProblems {
  private final List<String> problems = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();

  void add(String problem, @Nullable Object... values) {
    problems.add(values.length == 0 ? problem : problem.formatted(values));
  }

  /** One that is wrong whatever the values are: there is no such option. */
  void addUnknown(String problem, @Nullable Object... values) {
    add(problem, values);
    unknown.add(problems.get(problems.size() - 1));
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, unknown);
    }
  }
}
