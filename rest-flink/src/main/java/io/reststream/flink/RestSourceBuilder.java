package io.reststream.flink;

import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.config.OffsetBoundary;
import io.reststream.core.config.OffsetType;
import io.reststream.core.config.Option;
import io.reststream.core.config.Order;
import io.reststream.core.config.PaginationStyle;
import io.reststream.core.config.RestOptions;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.flink.setup.FlinkSetup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of a {@link RestSource}. Every option can be set by its key; the common ones
 * have a method. What is wrong with them is said by {@link #build}, all at once.
 *
 * <pre>{@code
 * RestSource.<JsonNode>builder()
 *     .url("https://api.example.com/{region}/items?start_id={id}")
 *     .inputData("[{\"region\": \"eu\"}, {\"region\": \"us\"}]")
 *     .offsetType(OffsetType.INCREMENTAL)
 *     .offsetField("id")
 *     .deserializer(RestDeserializer.json())
 *     .build();
 * }</pre>
 */
public final class RestSourceBuilder<T> {
  private final Map<String, String> options = new LinkedHashMap<>();
  private ReadMode mode = ReadMode.STREAM;
  private long limit = Long.MAX_VALUE;
  private RestSource.@Nullable Discovery discovery;
  private @Nullable RestDeserializer<T> deserializer;

  RestSourceBuilder() {}

  /** Sets an option by its key, as in every engine: {@code option("batchSize", "500")}. */
  public RestSourceBuilder<T> option(String key, String value) {
    options.put(key, value);
    return this;
  }

  /** Sets options by their keys. */
  public RestSourceBuilder<T> options(Map<String, String> options) {
    this.options.putAll(options);
    return this;
  }

  private RestSourceBuilder<T> set(Option<?> option, Object value) {
    return option(option.key(), value.toString());
  }

  /** The address to ask; a template, for example {@code https://host/events?since={timestamp}}. */
  public RestSourceBuilder<T> url(String template) {
    return set(RestOptions.URL, template);
  }

  /** The HTTP method; {@code GET} if not set. */
  public RestSourceBuilder<T> method(String method) {
    return set(RestOptions.METHOD, method);
  }

  /** A header to send; its value may hold placeholders. */
  public RestSourceBuilder<T> header(String name, String value) {
    return option(RestOptions.HEADER_PREFIX + name, value);
  }

  /** The body to send; a template. */
  public RestSourceBuilder<T> body(String template) {
    return set(RestOptions.BODY, template);
  }

  /** A JSON array of objects, each of which is read on its own and fills the placeholders. */
  public RestSourceBuilder<T> inputData(String json) {
    return set(RestOptions.INPUT_DATA, json);
  }

  /**
   * Finds the inputs while the job runs, in place of {@code inputData}; a bounded read finds them
   * once.
   *
   * @param interval the time from the start of one discovery to that of the next
   * @throws IllegalArgumentException if there is no time between them
   */
  public RestSourceBuilder<T> dynamicInputs(DynamicInputs inputs, Duration interval) {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "The interval of discoveries must be at least 1 ms, but was " + interval);
    }
    discovery = new RestSource.Discovery(inputs, interval);
    return this;
  }

  /** The time between the starts of two cycles; 10 seconds if not set. */
  public RestSourceBuilder<T> streamingInterval(Duration interval) {
    return set(RestOptions.STREAMING_INTERVAL, interval.toMillis() + "ms");
  }

  /** Where the next offset comes from; {@link OffsetType#TIMESTAMP} if not set. */
  public RestSourceBuilder<T> offsetType(OffsetType type) {
    return set(RestOptions.OFFSET_TYPE, type);
  }

  /** The field that holds the offset; {@code timestamp} if not set. */
  public RestSourceBuilder<T> offsetField(String field) {
    return set(RestOptions.OFFSET_FIELD, field);
  }

  /** The first offset to ask with; {@code 0} if not set, none if empty. */
  public RestSourceBuilder<T> initialOffset(String offset) {
    return set(RestOptions.INITIAL_OFFSET, offset);
  }

  /** Whether the API answers records at the offset itself; inclusive if not set. */
  public RestSourceBuilder<T> offsetBoundary(OffsetBoundary boundary) {
    return set(RestOptions.OFFSET_BOUNDARY, boundary);
  }

  /** The order of the records within a cycle; inferred if not set. */
  public RestSourceBuilder<T> order(Order order) {
    return set(RestOptions.ORDER, order);
  }

  /** The field that holds the array of records; empty for the whole response as one record. */
  public RestSourceBuilder<T> dataField(String field) {
    return set(RestOptions.DATA_FIELD, field);
  }

  /** The fields by which a record is recognised when it comes again; all its bytes if not set. */
  public RestSourceBuilder<T> keyField(String... fields) {
    return set(RestOptions.KEY_FIELD, String.join(",", fields));
  }

  /** How many records a full page of the API holds. */
  public RestSourceBuilder<T> pageSize(int records) {
    return set(RestOptions.PAGE_SIZE, records);
  }

  /** How the pages of a cycle follow one another; {@link PaginationStyle#NONE} if not set. */
  public RestSourceBuilder<T> pagination(PaginationStyle style) {
    return set(RestOptions.PAGINATION, style);
  }

  /** The response's field that holds the next page's address or token. */
  public RestSourceBuilder<T> nextField(String field) {
    return set(RestOptions.NEXT_FIELD, field);
  }

  /** How many records at most are handed over at once; 1000 if not set. None is cut off. */
  public RestSourceBuilder<T> batchSize(int records) {
    return set(RestOptions.BATCH_SIZE, records);
  }

  /** How long connecting may take; 10 seconds if not set. */
  public RestSourceBuilder<T> connectionTimeout(Duration timeout) {
    return set(RestOptions.CONNECTION_TIMEOUT, timeout.toMillis() + "ms");
  }

  /** How long a request may take up to its last byte; 60 seconds if not set. */
  public RestSourceBuilder<T> readTimeout(Duration timeout) {
    return set(RestOptions.READ_TIMEOUT, timeout.toMillis() + "ms");
  }

  /** Reads one cycle of each input, and ends. */
  public RestSourceBuilder<T> bounded() {
    mode = ReadMode.BATCH;
    return this;
  }

  /** Reads on for ever; the default. */
  public RestSourceBuilder<T> unbounded() {
    mode = ReadMode.STREAM;
    return this;
  }

  /**
   * Asks for no more than so many values; not set, for all. Each reader stops by itself, after the
   * record that reaches the number, so more may come; a bounded source then ends.
   *
   * @throws IllegalArgumentException if there is nothing to read
   */
  public RestSourceBuilder<T> limit(long values) {
    if (values < 1) {
      throw new IllegalArgumentException("A limit must be at least 1, but was " + values);
    }
    limit = values;
    return this;
  }

  /** What a record becomes; needed. */
  public RestSourceBuilder<T> deserializer(RestDeserializer<T> deserializer) {
    this.deserializer = deserializer;
    return this;
  }

  /**
   * The source.
   *
   * @throws io.reststream.core.config.ConfigException with every problem of the options
   * @throws IllegalStateException if there is no deserializer
   * @throws io.reststream.core.RestException if this Flink is too old, or jars of different
   *     versions of ours are on the class path
   */
  public RestSource<T> build() {
    FlinkSetup.check();
    RestConfig config =
        discovery == null
            ? RestConfig.parse(options, mode)
            : RestConfig.parse(options, mode, List.of(), discovery.by().columns());
    if (deserializer == null) {
      throw new IllegalStateException(
          "A deserializer is needed, for example deserializer(RestDeserializer.string()).");
    }
    return new RestSource<>(config, deserializer, limit, discovery);
  }
}
