package io.reststream.core.config;

import io.reststream.core.Input;
import io.reststream.core.ReadMode;
import io.reststream.core.json.FieldPath;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Options that were read and make sense together.
 *
 * @param texts the text of each option that was given, by its declared key
 * @param values the value of each option that was given or has a default
 * @param request what is sent
 * @param offset what the options say about offsets
 * @param page what they say about pages
 * @param inputs the rows of {@code inputData}
 * @param inputColumns the columns of these rows
 */
public record ParsedOptions(
    Map<String, String> texts,
    Map<String, Object> values,
    RequestTemplate request,
    OffsetSettings offset,
    PageSettings page,
    List<Input> inputs,
    List<String> inputColumns) {
  /** The placeholder that always is the offset. */
  public static final String OFFSET = "offset";

  /** The placeholder that always is the page token. */
  public static final String PAGE_TOKEN = "pageToken";

  /**
   * Reads options.
   *
   * @param engineOptions what the engine declares beyond the core's options
   * @throws ConfigException with every problem found
   */
  public static ParsedOptions parse(
      Map<String, String> given, ReadMode mode, List<Option<?>> engineOptions) {
    ConfigProblems problems = new ConfigProblems();
    ConfigParser parser =
        new ConfigParser(
            Stream.concat(RestOptions.ALL.stream(), engineOptions.stream()).toList(), problems);
    parser.parse(given);
    Map<String, Object> values = parser.values();
    Checks checks = new Checks(parser.texts().keySet(), values, mode, problems);
    RequestTemplate request = RequestTemplate.parse(values, parser.headers(), problems);
    InputData inputs = InputData.parse((String) values.get(RestOptions.INPUT_DATA.key()), problems);
    PageSettings page = checks.page();
    OffsetSettings offset = checks.offset(request, page, inputs);
    checks.together();
    if (request != null && page != null && offset != null) {
      checks.placeholders(request, page, offset, inputs);
    }
    problems.throwIfAny();
    return new ParsedOptions(
        Map.copyOf(parser.texts()),
        Map.copyOf(values),
        Objects.requireNonNull(request),
        Objects.requireNonNull(offset),
        Objects.requireNonNull(page),
        inputs.inputs(),
        inputs.columns());
  }

  /** What options mean together, and which contradict each other. */
  private record Checks(
      Set<String> given, Map<String, Object> values, ReadMode mode, ConfigProblems problems) {

    private boolean isGiven(Option<?> option) {
      return given.contains(option.key());
    }

    @SuppressWarnings("unchecked")
    private <T> @Nullable T value(Option<T> option) {
      return (T) values.get(option.key());
    }

    @Nullable PageSettings page() {
      PaginationStyle style = value(RestOptions.PAGINATION);
      if (style == null) {
        return null;
      }
      if (style == PaginationStyle.NONE && isGiven(RestOptions.NEXT_FIELD)) {
        problems.add(
            "Option 'nextField' needs 'pagination' to be 'nextUrl' or 'cursor', but it was 'none'.");
      }
      String text = value(RestOptions.NEXT_FIELD);
      String name = text != null ? text : style == PaginationStyle.CURSOR ? "next_cursor" : "next";
      ResponseField next = field(RestOptions.NEXT_FIELD, name);
      return next == null ? null : new PageSettings(style, next);
    }

    private @Nullable ResponseField field(Option<String> option, String text) {
      try {
        return ResponseField.parse(text);
      } catch (IllegalArgumentException e) {
        problems.add(
            "Option '%s' must be a field such as 'next', 'meta.next', '/meta/next' or"
                + " '$.meta.next', or 'header:Name', but was '%s'.",
            option.key(), text);
        return null;
      }
    }

    @Nullable OffsetSettings offset(
        @Nullable RequestTemplate request, @Nullable PageSettings page, InputData inputs) {
      OffsetType type = value(RestOptions.OFFSET_TYPE);
      String fieldText = value(RestOptions.OFFSET_FIELD);
      OffsetBoundary boundary = value(RestOptions.OFFSET_BOUNDARY);
      String initial = value(RestOptions.INITIAL_OFFSET);
      Integer maxKeys = value(RestOptions.MAX_KEYS);
      Boolean decreases = value(RestOptions.ALLOW_OFFSET_DECREASE);
      if (type == null
          || fieldText == null
          || boundary == null
          || maxKeys == null
          || initial == null
          || decreases == null) {
        return null;
      }
      ResponseField field = field(RestOptions.OFFSET_FIELD, fieldText);
      if (field == null) {
        return null;
      }
      if (field instanceof ResponseField.Header
          && type != OffsetType.CURSOR
          && type != OffsetType.TIMESTAMP) {
        problems.add(
            "Option 'offsetField' must be a field of the records for 'offsetType'='%s', but was '%s'.",
            type, fieldText);
      }
      boolean tracked =
          mode == ReadMode.STREAM
              || isGiven(RestOptions.OFFSET_TYPE)
              || isGiven(RestOptions.OFFSET_FIELD);
      Set<String> names = request == null ? Set.of() : request.names();
      boolean sent =
          names.contains(OFFSET)
              || (names.contains(field.name())
                  && (isGiven(RestOptions.OFFSET_FIELD)
                      || !inputs.columns().contains(field.name())));
      List<FieldPath> keyFields = value(RestOptions.KEY_FIELD);
      OffsetSettings settings =
          new OffsetSettings(
              tracked,
              sent,
              type,
              field,
              initial.isEmpty() ? null : initial,
              boundary,
              value(RestOptions.ORDER),
              keyFields == null ? List.of() : keyFields,
              value(RestOptions.PAGE_SIZE),
              maxKeys,
              decreases);
      if (type == OffsetType.CURSOR) {
        checkCursor(settings, request, page);
      }
      return settings;
    }

    private void checkCursor(
        OffsetSettings offset, @Nullable RequestTemplate request, @Nullable PageSettings page) {
      if (request != null && !offset.sent()) {
        problems.add(
            "'offsetType'='cursor' needs a placeholder that sends the cursor, {%s} or {offset}, in"
                + " 'url', a header or 'body'.",
            offset.field().name());
      }
      for (Option<?> option : List.of(RestOptions.ORDER, RestOptions.OFFSET_BOUNDARY)) {
        if (isGiven(option)) {
          problems.add(
              "Option '%s' has no meaning for 'offsetType'='cursor': a cursor has no order.",
              option.key());
        }
      }
      if (page != null
          && page.style() == PaginationStyle.CURSOR
          && page.next().equals(offset.field())) {
        problems.add(
            "'offsetField' and 'nextField' must differ, but both were '%s': with"
                + " 'offsetType'='cursor' the cursor pages by itself.",
            offset.field().name());
      }
    }

    void together() {
      Duration baseDelay = value(RestOptions.RETRY_BASE_DELAY);
      Duration maxDelay = value(RestOptions.RETRY_MAX_DELAY);
      if (baseDelay != null && maxDelay != null && baseDelay.compareTo(maxDelay) > 0) {
        problems.add(
            "Option 'retryBaseDelay' (%s ms) must not be longer than 'retryMaxDelay' (%s ms).",
            baseDelay.toMillis(), maxDelay.toMillis());
      }
      Boolean streaming = value(RestOptions.STREAMING);
      if (streaming != null && streaming != (mode == ReadMode.STREAM)) {
        problems.add(
            "Option 'streaming' is '%s', but this is a %s read; leave the option out.",
            streaming, mode == ReadMode.STREAM ? "streaming" : "batch");
      }
      String accepted = value(RestOptions.ACCEPT_CHANGES);
      Fingerprint.unknown(accepted == null ? "" : accepted)
          .forEach(
              name ->
                  problems.add(
                      "Option 'acceptChanges' must name options among %s, but names '%s'.",
                      Fingerprint.names(), name));
      if (mode == ReadMode.BATCH
          && !isGiven(RestOptions.OFFSET_TYPE)
          && !isGiven(RestOptions.OFFSET_FIELD)) {
        for (Option<?> option :
            List.of(RestOptions.ORDER, RestOptions.OFFSET_BOUNDARY, RestOptions.KEY_FIELD)) {
          if (isGiven(option)) {
            problems.add(
                "Option '%s' has no meaning in a batch read without 'offsetField'.", option.key());
          }
        }
      }
    }

    void placeholders(
        RequestTemplate request, PageSettings page, OffsetSettings offset, InputData inputs) {
      Set<String> reserved = new LinkedHashSet<>();
      reserved.add(OFFSET);
      if (mode == ReadMode.STREAM || isGiven(RestOptions.OFFSET_FIELD)) {
        reserved.add(offset.field().name());
      }
      boolean token = page.style() == PaginationStyle.CURSOR;
      if (token) {
        reserved.add(PAGE_TOKEN);
        reserved.add(page.next().name());
      }
      Set<String> names = request.names();
      for (String column : inputs.columns()) {
        if (reserved.contains(column) && names.contains(column)) {
          problems.add(
              "The placeholder '{%s}' is both a column of 'inputData' and the name of the offset or"
                  + " the page token; rename the column, or use {offset} or {pageToken}.",
              column);
        }
      }
      Set<String> filled = new LinkedHashSet<>(reserved);
      filled.add(offset.field().name());
      filled.addAll(inputs.columns());
      for (String name : names) {
        if (!filled.contains(name)) {
          problems.add(
              "Nothing fills the placeholder '{%s}'; there is %s.",
              name, filled.stream().map(f -> "{" + f + "}").collect(Collectors.joining(", ")));
        }
      }
      Set<String> tokens = new HashSet<>(List.of(PAGE_TOKEN, page.next().name()));
      tokens.retainAll(names);
      if (token && tokens.isEmpty()) {
        problems.add(
            "'pagination'='cursor' needs a placeholder that sends the token, {%s} or {pageToken}, in"
                + " 'url', a header or 'body'.",
            page.next().name());
      }
    }
  }
}
