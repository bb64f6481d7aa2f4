package io.reststream.core;

import io.reststream.core.auth.AuthSettings;
import io.reststream.core.config.ConfigException;
import io.reststream.core.config.Fingerprint;
import io.reststream.core.config.OffsetSettings;
import io.reststream.core.config.Option;
import io.reststream.core.config.PageSettings;
import io.reststream.core.config.ParsedOptions;
import io.reststream.core.config.RequestTemplate;
import io.reststream.core.config.RestOptions;
import io.reststream.core.config.StatusActions;
import io.reststream.core.config.WindowSettings;
import io.reststream.core.http.RedactedUrl;
import io.reststream.core.http.TransportSettings;
import io.reststream.core.secret.Secret;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Options, read once and checked together. Immutable; serialized as the options' texts.
 *
 * <pre>{@code
 * RestConfig config =
 *     RestConfig.parse(
 *         Map.of("url", "https://api.example.com/events?since={timestamp}", "dataField", "events"),
 *         ReadMode.STREAM);
 * }</pre>
 */
public final class RestConfig implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ReadMode mode;
  private final List<Option<?>> engineOptions;
  private final @Nullable List<String> rows;
  private final transient ParsedOptions parsed;

  private RestConfig(
      Map<String, String> options,
      ReadMode mode,
      List<Option<?>> engineOptions,
      @Nullable List<String> rows) {
    this.mode = mode;
    this.engineOptions = List.copyOf(engineOptions);
    this.rows = rows == null ? null : List.copyOf(rows);
    this.parsed = ParsedOptions.parse(options, mode, engineOptions, rows);
  }

  /**
   * Reads the core's options.
   *
   * @throws ConfigException with every problem found
   */
  public static RestConfig parse(Map<String, String> options, ReadMode mode) {
    return parse(options, mode, List.of());
  }

  /**
   * Reads the core's options and those that an engine declares for itself.
   *
   * @throws ConfigException with every problem found
   */
  public static RestConfig parse(
      Map<String, String> options, ReadMode mode, List<Option<?>> engineOptions) {
    return new RestConfig(options, mode, engineOptions, null);
  }

  /**
   * Reads options for inputs that are not in {@code inputData}, but are the rows of a table.
   *
   * @param rows the columns of these rows
   * @throws ConfigException with every problem found
   */
  public static RestConfig parse(
      Map<String, String> options,
      ReadMode mode,
      List<Option<?>> engineOptions,
      List<String> rows) {
    return new RestConfig(options, mode, engineOptions, rows);
  }

  /**
   * The value of an option that was given or has a default.
   *
   * @throws IllegalArgumentException if it has neither
   */
  public <T> T value(Option<T> option) {
    return find(option)
        .orElseThrow(
            () -> new IllegalArgumentException("Option '%s' is not set.".formatted(option.key())));
  }

  /** The value of an option, where it was given or has a default. */
  @SuppressWarnings("unchecked")
  public <T> Optional<T> find(Option<T> option) {
    return Optional.ofNullable((T) parsed.values().get(option.key()));
  }

  public ReadMode mode() {
    return mode;
  }

  /** The text of each option that was given, by its declared key. May hold secrets. */
  public Map<String, String> options() {
    return parsed.texts();
  }

  /** The rows of {@code inputData}, all different; one empty input when none were given. */
  public List<Input> inputs() {
    return parsed.inputs();
  }

  /** The columns of the inputs, in the order in which they first appear. */
  public List<String> inputColumns() {
    return parsed.inputColumns();
  }

  /** The columns of the inputs that a request sends. */
  public List<String> sentColumns() {
    Set<String> names = request().names();
    return inputColumns().stream().filter(names::contains).toList();
  }

  /** The columns of the inputs that a request cannot leave out where they are null. */
  public Set<String> requiredColumns() {
    Set<String> required = new HashSet<>(request().url().required());
    request().headers().values().forEach(header -> required.addAll(header.names()));
    required.retainAll(inputColumns());
    return required;
  }

  /**
   * Refuses inputs that share none with those that positions are stored for. Inputs may be added
   * and removed, but if all are others, as with a new column, all would be read from the start.
   *
   * @param stored the inputs of the stored positions; none before the first start
   * @throws PositionException naming the option that accepts the change
   */
  public void checkInputs(Collection<Input> stored) {
    checkInputs(stored, inputs(), "those of option 'inputData'");
  }

  /**
   * Like {@link #checkInputs(Collection)}, where the inputs are found and not given.
   *
   * @param found the inputs that there are; if none, they may all come again
   */
  public void checkFound(Collection<Input> stored, Collection<Input> found) {
    if (!found.isEmpty()) {
      checkInputs(stored, found, "those that were found");
    }
  }

  private void checkInputs(Collection<Input> stored, Collection<Input> now, String whose) {
    if (stored.isEmpty()
        || now.stream().anyMatch(new HashSet<>(stored)::contains)
        || Fingerprint.accepts(value(RestOptions.ACCEPT_CHANGES), RestOptions.INPUT_DATA)) {
      return;
    }
    throw new PositionException(
        "The stored positions are of other inputs, with the columns %s: none is among %s, with the columns %s, which would all be read from the start. Start anew, restore the inputs, or accept the change with 'acceptChanges'='inputData'."
            .formatted(columns(stored), whose, columns(now)));
  }

  private static String columns(Collection<Input> inputs) {
    return inputs.stream()
        .flatMap(input -> input.values().keySet().stream())
        .distinct()
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** Whether page tokens that were made under the options of a fingerprint mean nothing now. */
  boolean changesPageTokens(String stored) {
    return Fingerprint.changesPageTokens(stored, parsed.values());
  }

  RequestTemplate request() {
    return parsed.request();
  }

  OffsetSettings offset() {
    return parsed.offset();
  }

  PageSettings page() {
    return parsed.page();
  }

  /** Whether the stream is cut into windows of time, so that an input may have stretches. */
  public boolean isInWindows() {
    return parsed.windows() != null;
  }

  @Nullable WindowSettings windows() {
    return parsed.windows();
  }

  StatusActions statuses() {
    return parsed.statuses();
  }

  TransportSettings transport() {
    return parsed.transport();
  }

  AuthSettings auth() {
    return parsed.auth();
  }

  /** What must not be shown; see {@link Redaction}. */
  List<Secret> secrets() {
    return parsed.secrets();
  }

  String fingerprint() {
    return Fingerprint.of(parsed.values());
  }

  List<String> differences(String fingerprint) {
    return Fingerprint.differences(fingerprint, parsed.values(), value(RestOptions.ACCEPT_CHANGES));
  }

  /** Each option that was given, secrets hidden; also those in the address. */
  @Override
  public String toString() {
    return new TreeMap<>(parsed.texts())
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + shown(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", ", "RestConfig{", "}"));
  }

  private String shown(String key, String text) {
    boolean secret =
        key.startsWith(RestOptions.HEADER_PREFIX)
            || Stream.concat(RestOptions.ALL.stream(), engineOptions.stream())
                .anyMatch(option -> option.key().equals(key) && option.secret());
    if (secret) {
      return "****";
    }
    return key.equals(RestOptions.URL.key()) ? RedactedUrl.of(text) : text;
  }

  private Object writeReplace() {
    return new Serialized(new TreeMap<>(parsed.texts()), mode, engineOptions, rows);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("RestConfig is read from its serialized form");
  }

  private record Serialized(
      TreeMap<String, String> options,
      ReadMode mode,
      List<Option<?>> engineOptions,
      @Nullable List<String> rows)
      implements Serializable {
    private Object readResolve() {
      return new RestConfig(options, mode, engineOptions, rows);
    }
  }
}
