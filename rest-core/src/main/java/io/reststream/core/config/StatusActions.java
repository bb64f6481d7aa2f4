package io.reststream.core.config;

import io.reststream.core.config.StatusTypes.NamedAction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What follows each status that is not a success.
 *
 * @param named what the options name themselves
 * @param usual what they say where they are not given
 */
public record StatusActions(Map<Integer, StatusAction> named, Map<Integer, StatusAction> usual) {
  private static final int UNAUTHORIZED = 401;

  public StatusActions {
    named = Map.copyOf(named);
    usual = Map.copyOf(usual);
  }

  /** What follows a status. */
  public StatusAction of(int status) {
    StatusAction action = named.get(status);
    return action == null ? usual.getOrDefault(status, StatusAction.FAIL) : action;
  }

  /** Whether the options name the status, rather than leave it to what is usual. */
  public boolean isNamed(int status) {
    return named.containsKey(status);
  }

  /** The statuses after which credentials are renewed, and the request is made once more. */
  public Set<Integer> refreshing() {
    Map<Integer, StatusAction> all = new TreeMap<>(usual);
    all.putAll(named);
    return all.entrySet().stream()
        .filter(entry -> entry.getValue() == StatusAction.REFRESH)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Reads them. */
  static StatusActions parse(
      Set<String> given, Map<String, Object> values, ConfigProblems problems) {
    Map<Integer, StatusAction> usual = new TreeMap<>();
    NamedStatuses named = new NamedStatuses(problems);
    usual.put(UNAUTHORIZED, StatusAction.REFRESH);
    for (StatusRange range : ranges(values, RestOptions.RETRY_STATUSES)) {
      if (given.contains(RestOptions.RETRY_STATUSES.key())) {
        named.add(RestOptions.RETRY_STATUSES, range, StatusAction.RETRY);
      } else {
        range.statuses().forEach(status -> usual.put(status, StatusAction.RETRY));
      }
    }
    ranges(values, RestOptions.IGNORE_STATUSES)
        .forEach(range -> named.add(RestOptions.IGNORE_STATUSES, range, StatusAction.IGNORE));
    List<NamedAction> actions = value(values, RestOptions.STATUS_ACTIONS);
    if (actions != null) {
      actions.forEach(one -> named.add(RestOptions.STATUS_ACTIONS, one.range(), one.action()));
    }
    return new StatusActions(named.actions(), usual);
  }

  private static List<StatusRange> ranges(
      Map<String, Object> values, Option<List<StatusRange>> option) {
    List<StatusRange> ranges = value(values, option);
    return ranges == null ? List.of() : ranges;
  }

  @SuppressWarnings("unchecked")
  private static <T> @Nullable T value(Map<String, Object> values, Option<T> option) {
    return (T) values.get(option.key());
  }
}
