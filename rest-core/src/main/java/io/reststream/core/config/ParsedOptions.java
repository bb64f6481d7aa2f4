package io.reststream.core.config;

import io.reststream.core.Input;
import io.reststream.core.ReadMode;
import io.reststream.core.auth.AuthSettings;
import io.reststream.core.http.TransportSettings;
import io.reststream.core.json.FieldPath;
import io.reststream.core.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 * @param statuses what follows each status
 * @param windows what they say about windows; null if there are none
 * @param transport how requests travel
 * @param auth who asks
 * @param secrets what must not be shown
 * @param inputs the rows of {@code inputData}
 * @param inputColumns the columns of these rows
 */
public record ParsedOptions(
    Map<String, String> texts,
    Map<String, Object> values,
    RequestTemplate request,
    OffsetSettings offset,
    PageSettings page,
    StatusActions statuses,
    @Nullable WindowSettings windows,
    TransportSettings transport,
    AuthSettings auth,
    List<Secret> secrets,
    List<Input> inputs,
    List<String> inputColumns) {
  /** The placeholder that always is the offset. */
  public static final String OFFSET = PlaceholderCheck.OFFSET;

  /** The placeholder that is the size of a page. */
  public static final String PAGE_SIZE = PlaceholderCheck.PAGE_SIZE;

  /** Reads options whose inputs are those of {@code inputData}. */
  public static ParsedOptions parse(
      Map<String, String> given, ReadMode mode, List<Option<?>> engineOptions) {
    return parse(given, mode, engineOptions, null);
  }

  /**
   * Reads options.
   *
   * @param engineOptions what the engine declares beyond the core's options
   * @param rows the columns of inputs that come from elsewhere; null for those of {@code inputData}
   * @throws ConfigException with every problem found
   */
  public static ParsedOptions parse(
      Map<String, String> given,
      ReadMode mode,
      List<Option<?>> engineOptions,
      @Nullable List<String> rows) {
    ConfigProblems problems = new ConfigProblems();
    List<Option<?>> known =
        Stream.concat(RestOptions.ALL.stream(), engineOptions.stream()).toList();
    ConfigParser parser = new ConfigParser(known, problems);
    parser.parse(RecipeOptions.resolved(given, known, problems));
    Map<String, Object> values = parser.values();
    Checks checks = new Checks(parser.texts().keySet(), values, mode, problems);
    InputData inputs =
        InputData.parse((String) values.get(RestOptions.INPUT_DATA.key()), rows, problems);
    List<String> columns = inputs == null ? List.of() : inputs.columns();
    PageSettings page = PageSettings.of(values);
    UnwritableNames unwritable =
        UnwritableNames.of(checks.value(RestOptions.OFFSET_FIELD), page, columns);
    Secrets secrets = new Secrets(values, problems);
    RequestTemplate request =
        RequestTemplate.parse(values, parser.headers(), unwritable, secrets, problems);
    // Of a request that cannot be read, the best is assumed: one mistake is one problem.
    Set<String> names = request == null ? Set.of(OFFSET) : request.names();
    RequestTemplate written = request;
    if (request != null && inputs != null) {
      request = InputQuery.appended(request, columns, values, problems);
    }
    OffsetSettings offset = checks.offset(names, columns, page);
    StatusActions statuses = StatusActions.parse(checks.given(), values, problems);
    TransportSettings transport =
        TransportOptions.parse(values, request == null ? null : request.url(), secrets, problems);
    AuthSettings auth =
        AuthOptions.parse(parser.texts().keySet(), values, request, secrets, problems);
    checks.together();
    if (inputs != null) {
      checks.dataField(columns);
    }
    WindowSettings windows = null;
    boolean windowed = request != null && WindowOptions.areAsked(names);
    if (page != null && offset != null) {
      if (written != null) {
        windows =
            WindowOptions.parse(checks.given(), values, offset, page, written, columns, problems);
      }
      if (windowed) {
        offset = offset.inWindows(checks.isGiven(RestOptions.OFFSET_FIELD));
      }
      new Contradictions(checks.given(), offset, page, problems)
          .check(checks.value(RestOptions.RESPONSE_FORMAT), names, windowed);
      new PageContradictions(checks.given(), offset, page, problems)
          .check(checks.value(RestOptions.RESPONSE_FORMAT), windowed);
      if (!windowed) {
        BoundaryOptions.check(checks.given(), values, offset, problems);
      }
      if (windowed && statuses.named().containsValue(StatusAction.RESET)) {
        problems.add("A status cannot be to 'reset' with windows: they do not expire.");
      } else if (!offset.tracked() && statuses.named().containsValue(StatusAction.RESET)) {
        problems.add("A status cannot be to 'reset' in a batch read without 'offsetField'.");
      }
      if (request != null && inputs != null) {
        new PlaceholderCheck(
                windowed ? WindowOptions.without(names) : names, offset, page, columns, problems)
            .check(mode, checks.isGiven(RestOptions.OFFSET_FIELD));
      }
    }
    problems.throwIfAny();
    return new ParsedOptions(
        Map.copyOf(parser.texts()),
        Map.copyOf(values),
        Objects.requireNonNull(request),
        Objects.requireNonNull(offset),
        Objects.requireNonNull(page),
        statuses,
        windows,
        Objects.requireNonNull(transport),
        auth,
        List.copyOf(secrets.all()),
        Objects.requireNonNull(inputs).inputs(),
        columns);
  }

  /** What options mean together, and which contradict each other. */
  private record Checks(
      Set<String> given, Map<String, Object> values, ReadMode mode, ConfigProblems problems) {

    boolean isGiven(Option<?> option) {
      return given.contains(option.key());
    }

    @SuppressWarnings("unchecked")
    <T> @Nullable T value(Option<T> option) {
      return (T) values.get(option.key());
    }

    @Nullable OffsetSettings offset(
        Set<String> names, List<String> columns, @Nullable PageSettings page) {
      OffsetType type = value(RestOptions.OFFSET_TYPE);
      ResponseField field = value(RestOptions.OFFSET_FIELD);
      OffsetBoundary boundary = value(RestOptions.OFFSET_BOUNDARY);
      String initial = value(RestOptions.INITIAL_OFFSET);
      Integer maxKeys = value(RestOptions.MAX_KEYS);
      Boolean decreases = value(RestOptions.ALLOW_OFFSET_DECREASE);
      if (type == null
          || field == null
          || boundary == null
          || maxKeys == null
          || initial == null
          || decreases == null) {
        return null;
      }
      boolean tracked =
          mode == ReadMode.STREAM
              || isGiven(RestOptions.OFFSET_TYPE)
              || isGiven(RestOptions.OFFSET_FIELD);
      boolean sentByName =
          names.contains(field.name())
              && (isGiven(RestOptions.OFFSET_FIELD) || !columns.contains(field.name()));
      boolean placed = sentByName || names.contains(OFFSET);
      boolean beside = !placed && page != null && page.style().isAddress();
      boolean link =
          tracked && type == OffsetType.CURSOR && (field instanceof ResponseField.Link || beside);
      List<FieldPath> keyFields = value(RestOptions.KEY_FIELD);
      return new OffsetSettings(
          tracked,
          placed || link,
          type,
          field,
          initial.isEmpty() ? null : initial,
          boundary,
          value(RestOptions.ORDER),
          keyFields == null ? List.of() : keyFields,
          value(RestOptions.PAGE_SIZE),
          maxKeys,
          decreases,
          link,
          BoundaryOptions.earlier(values),
          BoundaryOptions.formats(values));
    }

    void dataField(List<String> columns) {
      FieldPath path = value(RestOptions.DATA_FIELD);
      for (String name : path == null ? List.<String>of() : path.placeholders()) {
        if (!columns.contains(name)) {
          problems.add(
              "Option 'dataField' is '%s', but '%s' is no column of the inputs, which have %s.",
              path, name, columns.isEmpty() ? "none" : String.join(", ", columns));
        }
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
    }
  }
}
