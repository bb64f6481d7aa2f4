package io.reststream.core.config;

import io.reststream.core.RestException;
import java.util.List;

/** Options that cannot be used; holds every problem that was found, not only the first. */
public final class ConfigException extends RestException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;
  private final List<String> unknown;

  ConfigException(List<String> problems, List<String> unknown) {
    super(message(problems));
    this.problems = List.copyOf(problems);
    this.unknown = List.copyOf(unknown);
  }

  /** Each problem as a sentence. */
  public List<String> problems() {
    return problems;
  }

  /** Those of the problems that are options that do not exist, whatever the others depend on. */
  public List<String> unknown() {
    return unknown;
  }

  private static String message(List<String> problems) {
    if (problems.size() == 1) {
      return problems.get(0);
    }
    StringBuilder message = new StringBuilder(problems.size() + " problems in the options:");
    for (String problem : problems) {
      message.append("\n  - ").append(problem);
    }
    return message.toString();
  }
}
