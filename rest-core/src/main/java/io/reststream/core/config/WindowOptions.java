package io.reststream.core.config;

import io.reststream.core.offset.OffsetValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The options of windows, and what contradicts them. */
public final class WindowOptions {
  /** The placeholder for the start of a window. */
  public static final String START = "windowStart";

  /** The placeholder for the end of a window. */
  public static final String END = "windowEnd";

  public static final Option<Duration> WINDOW_SIZE =
      Option.of(
          "windowSize",
          OptionTypes.duration(),
          "How long a window is, for an API that is asked with {windowStart} and {windowEnd}: the"
              + " time since initialOffset is read window by window.");
  public static final Option<Duration> WINDOW_LAG =
      Option.of(
          "windowLag",
          OptionTypes.duration(),
          "1m",
          "How far in the past the end of a window must lie before it is asked for: longer than"
              + " records take to appear.");
  public static final Option<Integer> WINDOW_CAP =
      Option.of(
          "windowCap",
          OptionTypes.integer(2),
          "How many records the API tells of a window at most: one that is answered with so many is"
              + " halved, down to a second.");

  private static final Set<String> NAMES = Set.of(START, END);
  private static final List<Option<?>> OWN = List.of(WINDOW_SIZE, WINDOW_LAG, WINDOW_CAP);

  private WindowOptions() {}

  /** The names without those of windows. */
  static Set<String> without(Set<String> names) {
    return names.stream().filter(name -> !NAMES.contains(name)).collect(Collectors.toSet());
  }

  /** Whether the request has a place for an edge of a window. */
  static boolean areAsked(Set<String> names) {
    return names.contains(START) || names.contains(END);
  }

  /**
   * Reads the options; null if there are no windows, or they cannot be used.
   *
   * @param offset what the options say about offsets, as if there were no windows
   * @param request where the edges of windows go
   * @param columns those of {@code inputData}
   */
  static @Nullable WindowSettings parse(
      Set<String> given,
      Map<String, Object> values,
      OffsetSettings offset,
      PageSettings page,
      RequestTemplate request,
      List<String> columns,
      ConfigProblems problems) {
    Set<String> names = request.names();
    if (!areAsked(names)) {
      OWN.stream()
          .filter(option -> given.contains(option.key()))
          .forEach(
              option ->
                  problems.add(
                      "Option '%s' needs the placeholder {windowStart} or {windowEnd} in 'url', a header or 'body'.",
                      option.key()));
      return null;
    }
    refuseMeaningless(given, offset, page, names, columns, problems);
    Duration size = (Duration) values.get(WINDOW_SIZE.key());
    if (!given.contains(WINDOW_SIZE.key())) {
      problems.add(
          "The placeholders {windowStart} and {windowEnd} need option 'windowSize', how long a window is, such as '1h'.");
    } else if (size != null && size.isZero()) {
      problems.add("Option 'windowSize' must be longer than 0.");
      size = null;
    }
    Instant initial = initial(given, values, problems);
    Duration lag = (Duration) values.get(WINDOW_LAG.key());
    Duration precision = WindowPrecision.of(request, names, problems);
    if (size == null || lag == null || initial == null || precision == null) {
      return null;
    }
    if (size.compareTo(precision) < 0 || size.toMillis() % precision.toMillis() != 0) {
      problems.add(
          "Option 'windowSize' must be a multiple of %s, since that is how exactly the placeholders {windowStart} and {windowEnd} write times, but was %s.",
          precision, size);
      return null;
    }
    return new WindowSettings(
        size,
        lag,
        (Integer) values.get(WINDOW_CAP.key()),
        WindowSettings.truncated(initial, precision),
        precision,
        offset.boundary() == OffsetBoundary.EXCLUSIVE);
  }

  private static void refuseMeaningless(
      Set<String> given,
      OffsetSettings offset,
      PageSettings page,
      Set<String> names,
      List<String> columns,
      ConfigProblems problems) {
    refuse(RestOptions.OFFSET_TYPE, "the window is the offset", given, problems);
    refuse(RestOptions.ORDER, "a window is read whole, in any order", given, problems);
    refuse(
        RestOptions.ALLOW_OFFSET_DECREASE,
        "it is about a timestamp of the response",
        given,
        problems);
    String whole = "a window is read once, when it is closed: 'windowLag' is for late records";
    refuse(BoundaryOptions.LOOKBACK, whole, given, problems);
    refuse(BoundaryOptions.OFFSET_GRANULARITY, whole, given, problems);
    refuse(
        BoundaryOptions.OFFSET_SEND_FORMAT,
        "the placeholders say how times are written, such as {windowStart:epochSeconds}",
        given,
        problems);
    if (given.contains(RestOptions.PAGE_SIZE.key())
        && page.style() == PaginationStyle.NONE
        && !names.contains(PlaceholderCheck.PAGE_SIZE)) {
      problems.add(
          "Option 'pageSize' has no meaning with windows without 'pagination': 'windowCap' says how many records an answer holds at most.");
    }
    if (given.contains(WINDOW_CAP.key()) && !names.contains(END)) {
      problems.add(
          "Option 'windowCap' needs the placeholder {windowEnd}: without it half a window cannot be asked for.");
    }
    if (offset.sent()) {
      problems.add(
          "The request has placeholders for both a window and the offset; with windows there is no offset.");
    }
    if (given.contains(RestOptions.OFFSET_FIELD.key())
        && !Contradictions.isOfRecords(offset.field())) {
      problems.add(
          "Option 'offsetField' must be a field of the records with windows, but was '%s'.",
          offset.field());
    }
    columns.stream()
        .filter(NAMES::contains)
        .forEach(
            column ->
                problems.add(
                    "The placeholder '{%s}' is both a column of 'inputData' and an edge of a window; rename the column.",
                    column));
  }

  private static void refuse(
      Option<?> option, String why, Set<String> given, ConfigProblems problems) {
    if (given.contains(option.key())) {
      problems.add("Option '%s' has no meaning with windows: %s.", option.key(), why);
    }
  }

  private static @Nullable Instant initial(
      Set<String> given, Map<String, Object> values, ConfigProblems problems) {
    String text = (String) values.get(RestOptions.INITIAL_OFFSET.key());
    boolean isGiven = given.contains(RestOptions.INITIAL_OFFSET.key());
    Instant initial =
        text == null || !isGiven ? null : OffsetValue.ofText(text).time().orElse(null);
    if (initial == null) {
      problems.add(
          "Option 'initialOffset' must be the time at which the first window starts, such as '2024-01-31T00:00:00Z' or '1706659200' (seconds or milliseconds since 1970), but was %s.",
          isGiven ? "'" + text + "'" : "not set");
    }
    return initial;
  }
}
