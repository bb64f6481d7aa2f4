package io.reststream.core.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Collects what options say about statuses, and finds where they contradict one another. */
final class NamedStatuses {

  private record By(Option<?> option, StatusAction action) {}

  private final Map<String, By> byText = new HashMap<>();
  private final Map<Integer, StatusAction> classes = new HashMap<>();
  private final Map<Integer, StatusAction> single = new HashMap<>();
  private final ConfigProblems problems;

  NamedStatuses(ConfigProblems problems) {
    this.problems = problems;
  }

  void add(Option<?> option, StatusRange range, StatusAction action) {
    By before = byText.putIfAbsent(range.text().toLowerCase(Locale.ROOT), new By(option, action));
    if (before != null && before.action() != action) {
      problems.add(
          "The status '%s' is to '%s' by '%s' and to '%s' by '%s'; name it once.",
          range.text(), before.action(), before.option(), action, option);
    }
    Map<Integer, StatusAction> actions = range.isOne() ? single : classes;
    range.statuses().forEach(status -> actions.putIfAbsent(status, action));
  }

  /** Where a class and one of its statuses are both named, the status counts. */
  Map<Integer, StatusAction> actions() {
    Map<Integer, StatusAction> all = new HashMap<>(classes);
    all.putAll(single);
    return all;
  }
}
