package io.reststream.core.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of the options about statuses. */
final class StatusTypes {
  private StatusTypes() {}

  /** Statuses and classes of them, separated by commas; none where the text is empty. */
  static OptionType<List<StatusRange>> statuses() {
    return new OptionType<>(
        "statuses from 300 to 999 such as '404' or '5xx', separated by commas",
        text -> {
          List<StatusRange> ranges = new ArrayList<>();
          for (String part : parts(text)) {
            StatusRange range = StatusRange.parse(part);
            if (range == null) {
              return null;
            }
            ranges.add(range);
          }
          return ranges;
        });
  }

  /** Statuses and what follows them, such as {@code 410:reset,5xx:retry}. */
  static OptionType<List<NamedAction>> actions() {
    OptionType<StatusAction> action = OptionTypes.oneOf(StatusAction.class);
    return new OptionType<>(
        "statuses from 300 to 999 with what follows them, such as '410:reset,404:ignore'; it is "
            + action.allowed(),
        text -> {
          List<NamedAction> named = new ArrayList<>();
          for (String part : parts(text)) {
            NamedAction one = NamedAction.parse(part, action);
            if (one == null) {
              return null;
            }
            named.add(one);
          }
          return named;
        });
  }

  private static List<String> parts(String text) {
    return text.isBlank() ? List.of() : List.of(text.split(",", -1));
  }

  /**
   * What follows some statuses.
   *
   * @param range the statuses
   * @param action what follows
   */
  record NamedAction(StatusRange range, StatusAction action) {
    static @Nullable NamedAction parse(String text, OptionType<StatusAction> type) {
      int colon = text.indexOf(':');
      StatusRange range = colon < 0 ? null : StatusRange.parse(text.substring(0, colon));
      StatusAction action = type.parser().parse(text.substring(colon + 1));
      return range == null || action == null ? null : new NamedAction(range, action);
    }
  }
}
