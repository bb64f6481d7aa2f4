package io.reststream.core.config;

import io.reststream.core.json.FieldPath;
import io.reststream.core.offset.Earlier;
import io.reststream.core.offset.OffsetValue;
import io.reststream.core.offset.Span;
import io.reststream.core.offset.TimeFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options about where an API is asked again: how much earlier, and how its offsets are written.
 */
public final class BoundaryOptions {
  public static final Option<Span> OFFSET_GRANULARITY =
      Option.of(
          "offsetGranularity",
          span(false),
          "What the API rounds offsets to, such as 1m: they are rounded down before they are sent,"
              + " and an exclusive API is asked one such step earlier. A duration, or a number.");
  public static final Option<Span> LOOKBACK =
      Option.of(
          "lookback",
          span(true),
          "How late records may be: the API is asked that much earlier, and what was delivered is"
              + " recognised by its key. A duration (5m) for times, a number for ids: the last so"
              + " many. Must cover lateness and the time of a cycle; without pagination set"
              + " pageSize too.");
  public static final Option<TimeFormat> OFFSET_FORMAT =
      Option.of(
          "offsetFormat",
          format(),
          "How times in the offset field are written: iso, epochSeconds, epochMillis, rfc1123, or a"
              + " pattern of Java's DateTimeFormatter such as yyyy-MM-dd HH:mm, where no zone means"
              + " UTC. Not set: numbers, ISO-8601 or text, as they come.");
  public static final Option<TimeFormat> OFFSET_SEND_FORMAT =
      Option.of(
          "offsetSendFormat",
          format(),
          "How times are sent, in the forms of offsetFormat. Not set: as they are read. What the"
              + " form leaves out is rounded down; initialOffset is sent as it is.");

  private BoundaryOptions() {}

  private static OptionType<Span> span(boolean zero) {
    return new OptionType<>(
        "a duration such as '500ms' or '5m', or a number such as '100'%s"
            .formatted(zero ? "" : ", more than 0"),
        text -> {
          Span span = Span.parse(text);
          return span == null || (!zero && span.isZero()) ? null : span;
        });
  }

  private static OptionType<TimeFormat> format() {
    return new OptionType<>(
        "'iso', 'epochSeconds', 'epochMillis', 'rfc1123', or a pattern of a date such as"
            + " 'yyyy-MM-dd HH:mm'",
        TimeFormat::parse);
  }

  /** The field of the offset, or several of the records', separated by commas. */
  static OptionType<ResponseField> offsetField() {
    return new OptionType<>(
        "a field such as 'next', 'meta.next', '/meta/next' or '$.meta.next', several of these"
            + " separated by commas, 'header:Name' or 'link:next'",
        text -> {
          try {
            return text.indexOf(',') < 0
                ? ResponseField.parse(text)
                : ResponseField.Several.parse(text);
          } catch (IllegalArgumentException e) {
            return null;
          }
        });
  }

  static Earlier earlier(Map<String, Object> values) {
    return new Earlier(
        (Span) values.get(LOOKBACK.key()), (Span) values.get(OFFSET_GRANULARITY.key()));
  }

  static OffsetFormats formats(Map<String, Object> values) {
    TimeFormat send = (TimeFormat) values.get(OFFSET_SEND_FORMAT.key());
    return new OffsetFormats(
        (TimeFormat) values.get(OFFSET_FORMAT.key()), send == null ? null : send.whole());
  }

  /** Finds what contradicts the type of offset. */
  static void check(
      Set<String> given,
      Map<String, Object> values,
      OffsetSettings offset,
      ConfigProblems problems) {
    if (!offset.tracked()) {
      refuse(
          List.of(OFFSET_GRANULARITY, LOOKBACK, OFFSET_FORMAT, OFFSET_SEND_FORMAT),
          "in a batch read without 'offsetField'",
          given,
          problems);
      return;
    }
    switch (offset.type()) {
      case CURSOR ->
          refuse(
              List.of(OFFSET_GRANULARITY, LOOKBACK, OFFSET_FORMAT, OFFSET_SEND_FORMAT),
              "for 'offsetType'='cursor': a cursor is sent as it came",
              given,
              problems);
      case INCREMENTAL -> {
        refuse(
            List.of(OFFSET_GRANULARITY, OFFSET_FORMAT, OFFSET_SEND_FORMAT),
            "for 'offsetType'='incremental': ids are whole numbers",
            given,
            problems);
        Span lookback = (Span) values.get(LOOKBACK.key());
        if (lookback != null && !lookback.isWhole()) {
          problems.add(
              "Option 'lookback' must be a whole number of ids for 'offsetType'='incremental', but"
                  + " was '%s'.",
              lookback);
        }
      }
      case TIMESTAMP, MAX_FIELD -> {
        if (offset.decreases() && given.contains(LOOKBACK.key())) {
          problems.add(
              "Options 'lookback' and 'allowOffsetDecrease' contradict each other: what a lookback"
                  + " asks for would move the offset back in every cycle.");
        }
        if (!offset.sent()) {
          refuse(
              List.of(OFFSET_GRANULARITY, OFFSET_SEND_FORMAT),
              "without a placeholder that sends the offset",
              given,
              problems);
        }
      }
    }
    if (offset.field() instanceof ResponseField.Several several) {
      checkSeveral(several.paths(), given, offset, problems);
    }
  }

  private static void checkSeveral(
      List<FieldPath> fields, Set<String> given, OffsetSettings offset, ConfigProblems problems) {
    if (offset.type() != OffsetType.MAX_FIELD) {
      problems.add(
          "Option 'offsetField' can name several fields for 'offsetType'='max_field' alone, but was"
              + " '%s' for '%s'.",
          offset.field(), offset.type());
      return;
    }
    refuse(
        List.of(OFFSET_FORMAT, OFFSET_SEND_FORMAT),
        "for an 'offsetField' of several fields",
        given,
        problems);
    String initial = offset.initial();
    if (offset.sent() && initial != null && length(initial) != fields.size()) {
      problems.add(
          "Option 'initialOffset' must be a JSON array of %d numbers or texts, or empty to send"
              + " none, for 'offsetField'='%s', but was '%s'.",
          fields.size(), offset.field(), initial);
    }
  }

  private static int length(String array) {
    try {
      return OffsetValue.ofArray(array).tuple().elements().size();
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  private static void refuse(
      List<Option<?>> options, String where, Set<String> given, ConfigProblems problems) {
    for (Option<?> option : options) {
      if (given.contains(option.key())) {
        problems.add("Option '%s' has no meaning %s.", option.key(), where);
      }
    }
  }
}
