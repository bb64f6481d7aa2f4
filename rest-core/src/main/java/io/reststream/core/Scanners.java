package io.reststream.core;

import io.reststream.core.config.LeniencyOptions;
import io.reststream.core.config.OffsetSettings;
import io.reststream.core.config.PageSettings;
import io.reststream.core.config.ResponseField;
import io.reststream.core.config.ResponseFormat;
import io.reststream.core.config.RestOptions;
import io.reststream.core.json.FieldPath;
import io.reststream.core.json.Leniency;
import io.reststream.core.json.LenientJson;
import io.reststream.core.json.PageFields;
import io.reststream.core.json.RecordScanner;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What finds the records of an answer: the same for all inputs, unless {@code dataField} holds
 * their columns.
 */
final class Scanners {
  /** Calls may have as many paths as inputs, each of them used once. */
  private static final int MOST_KEPT = 1_000;

  private final RestConfig config;
  private final @Nullable FieldPath dataField;
  private final LenientJson json;
  private final RecordScanner common;
  private final Map<FieldPath, RecordScanner> filled = new ConcurrentHashMap<>();

  Scanners(RestConfig config) {
    this.config = config;
    this.json = new LenientJson(allowed(config), config.value(RestOptions.MAX_RESPONSE_BYTES));
    this.dataField = config.find(RestOptions.DATA_FIELD).orElse(null);
    this.common = scanner(dataField);
  }

  private static Set<Leniency> allowed(RestConfig config) {
    return Arrays.stream(Leniency.values())
        .filter(leniency -> config.value(LeniencyOptions.of(leniency)))
        .collect(Collectors.toSet());
  }

  /**
   * The one for an input's answers.
   *
   * @throws RequestException if the input has no name for a field of {@code dataField}
   */
  RecordScanner of(Input input) {
    if (dataField == null || dataField.placeholders().isEmpty()) {
      return common;
    }
    FieldPath path = dataField.filled(column -> name(column, input));
    RecordScanner known = filled.get(path);
    if (known == null) {
      known = scanner(path);
      if (filled.size() < MOST_KEPT) {
        filled.put(path, known);
      }
    }
    return known;
  }

  private static String name(String column, Input input) {
    Object value = input.values().get(column);
    if (value == null) {
      throw new RequestException(
          "The column '%s' is null in the input %s, but option 'dataField' names a field by it."
              .formatted(column, input));
    }
    return value.toString();
  }

  private RecordScanner scanner(@Nullable FieldPath path) {
    OffsetSettings offset = config.offset();
    PageSettings paging = config.page();
    RecordScanner scanner =
        config.value(RestOptions.RESPONSE_FORMAT) == ResponseFormat.NDJSON
            ? RecordScanner.ofLines(null)
            : new RecordScanner(
                path,
                null,
                inBody(offset.responseField()),
                new PageFields(
                    inBody(paging.nextField()),
                    inBody(paging.ends().more()),
                    inBody(paging.ends().total()),
                    inBody(paging.ends().totalPages()),
                    paging.ends().when()),
                config.find(RestOptions.ERROR_WHEN).orElse(List.of()));
    return scanner.lenient(json).offsets(offset.recordPaths(), offset.formats().read());
  }

  private static @Nullable FieldPath inBody(@Nullable ResponseField field) {
    return field instanceof ResponseField.Body body ? body.path() : null;
  }
}
