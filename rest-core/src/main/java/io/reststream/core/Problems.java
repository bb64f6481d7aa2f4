package io.reststream.core;

import io.reststream.core.config.OffsetSettings;
import io.reststream.core.config.OffsetType;
import io.reststream.core.config.PageSettings;
import io.reststream.core.config.PaginationStyle;
import io.reststream.core.config.ResponseField;
import io.reststream.core.json.FieldNames;
import io.reststream.core.json.ScannedPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;

/** How a problem with a request or an answer is put into words. */
final class Problems {
  private static final int SHOWN_BODY = 300;

  private Problems() {}

  /** The first part of a body, on one line. */
  static String beginning(byte[] body) {
    if (body.length == 0) {
      return "(no body)";
    }
    String text =
        new String(body, 0, Math.min(body.length, SHOWN_BODY), StandardCharsets.UTF_8)
            .replaceAll("[\\s\\p{Cntrl}]+", " ")
            .strip();
    return body.length > SHOWN_BODY ? text + "..." : text;
  }

  /** A time span as people write it: {@code 1h 2m 3.5s}. */
  static String inWords(Duration span) {
    return span.truncatedTo(ChronoUnit.MILLIS)
        .toString()
        .substring("PT".length())
        .replaceAll("([HM])(?=.)", "$1 ")
        .toLowerCase(Locale.ROOT);
  }

  /** What a future failed with. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The message of a failure, or its name where it has none. */
  static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** Warns of a cursor that no answer has had so far: the offset would never move. */
  static void warnOfAbsentCursor(
      OffsetSettings settings,
      Position before,
      Position after,
      ScannedPage page,
      List<String> warnings) {
    if (settings.type() == OffsetType.CURSOR
        && settings.tracked()
        && before.offset() == null
        && after.offset() == null
        && settings.field() instanceof ResponseField.Body
        && page.body().length > 0
        && !page.offsetSeen()) {
      warnings.add(
          "No answer has had the field '%s' (option 'offsetField') so far; %s"
              .formatted(
                  settings.field().name(),
                  FieldNames.describe(page.body(), 0, page.body().length)));
    }
  }

  /** Warns of a step wider than the pages are: what lies between them is not asked for. */
  static void warnOfWideStep(
      PageSettings paging, Position before, ScannedPage page, List<String> warnings) {
    Integer step = paging.step();
    Cycle cycle = before.cycle();
    if (paging.style() == PaginationStyle.OFFSET_LIMIT
        && step != null
        && cycle != null
        && page.size() > 0
        && cycle.walked().records() < step * cycle.walked().pages()) {
      warnings.add(
          "A page of fewer records than 'pageStep' (%d) was followed by another one: if the API limits its pages, what lies between them is passed over in this cycle; leave 'pageStep' out to count records as they come"
              .formatted(step));
    }
  }

  /** Warns of a field that is to say if there is more, but is not there: the cycle just ends. */
  static void warnOfAbsentEnd(
      PageSettings paging, Position before, ScannedPage page, List<String> warnings) {
    if (paging.ends().more() instanceof ResponseField.Body more
        && before.betweenCycles()
        && page.size() > 0
        && page.own(ScannedPage.Own.MORE) == null) {
      warnings.add(
          "The first page of a cycle has no field '%s' (option 'hasMoreField'), and so is the last; %s"
              .formatted(more.name(), FieldNames.describe(page.body(), 0, page.body().length)));
    }
  }
}
