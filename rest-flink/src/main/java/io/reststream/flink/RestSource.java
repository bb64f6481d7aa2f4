package io.reststream.flink;

import io.reststream.core.Input;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.core.Stretch;
import io.reststream.core.config.RestOptions;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.flink.enumerator.DiscoveringEnumerator;
import io.reststream.flink.enumerator.InputFinder;
import io.reststream.flink.enumerator.RestEnumState;
import io.reststream.flink.enumerator.RestEnumStateSerializer;
import io.reststream.flink.enumerator.RestSplitEnumerator;
import io.reststream.flink.reader.RestSourceReader;
import io.reststream.flink.setup.FlinkSetup;
import io.reststream.flink.split.RestSplit;
import io.reststream.flink.split.RestSplitSerializer;
import java.io.Serializable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a REST API as a stream: every record once, none lost, whatever fails.
 *
 * <pre>{@code
 * RestSource<String> source =
 *     RestSource.<String>builder()
 *         .url("https://api.example.com/events?since={timestamp}")
 *         .dataField("events")
 *         .streamingInterval(Duration.ofSeconds(30))
 *         .deserializer(RestDeserializer.string())
 *         .build();
 * env.fromSource(source, WatermarkStrategy.noWatermarks(), "events").print();
 * }</pre>
 *
 * <p>Each row of {@code inputData} is a split of its own; of a stream in windows, those that are
 * closed when it starts are splits beside it, fetched in parallel. {@link DynamicInputs} finds
 * inputs while the job runs. A checkpoint holds its position and what of its page was not emitted
 * yet; a restore emits that first and asks the API only for what follows. With {@link
 * RestSourceBuilder#bounded} one cycle of each input is read, and the source ends.
 *
 * <p>A request that fails fails the job's reader, with the position where it was: Flink's restart
 * goes on from the last checkpoint.
 *
 * @param <T> what a record becomes
 */
public final class RestSource<T>
    implements Source<T, RestSplit, RestEnumState>, ResultTypeQueryable<T> {
  private static final long serialVersionUID = 1L;

  private final RestConfig config;
  private final RestDeserializer<T> deserializer;
  private final long limit;
  private final @Nullable Discovery discovery;

  RestSource(
      RestConfig config,
      RestDeserializer<T> deserializer,
      long limit,
      @Nullable Discovery discovery) {
    this.config = config;
    this.deserializer = deserializer;
    this.limit = limit;
    this.discovery = discovery;
  }

  /** Starts with no option set, unbounded. */
  public static <T> RestSourceBuilder<T> builder() {
    return new RestSourceBuilder<>();
  }

  @Override
  public Boundedness getBoundedness() {
    return bounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  private boolean bounded() {
    return config.mode() == ReadMode.BATCH;
  }

  @Override
  public SourceReader<T, RestSplit> createReader(SourceReaderContext context) throws Exception {
    deserializer.open(new ReaderInitialization(context));
    return RestSourceReader.open(config, discovery != null, deserializer, limit, context);
  }

  @Override
  public SplitEnumerator<RestSplit, RestEnumState> createEnumerator(
      SplitEnumeratorContext<RestSplit> context) {
    return restoreEnumerator(context, RestEnumState.initial(bounded()));
  }

  /**
   * Goes on from a checkpoint.
   *
   * @throws IllegalStateException if it is of a bounded read, and this source is not bounded:
   *     inputs that were finished have no position any more
   * @throws io.reststream.core.PositionException if none of its inputs is one of this source; where
   *     inputs are discovered, this fails the job once they are
   */
  @Override
  public SplitEnumerator<RestSplit, RestEnumState> restoreEnumerator(
      SplitEnumeratorContext<RestSplit> context, RestEnumState state) {
    FlinkSetup.check(); // a job may be made with another Flink than it runs on
    if (state.bounded() && !bounded()) {
      throw new IllegalStateException(
          "The checkpoint is of a bounded read, whose finished inputs have no position any more; an unbounded read cannot go on from it. Start without it, or build the source with bounded(), in SQL 'scan.bounded'='true'.");
    }
    int mostAtATime = config.find(RestOptions.MAX_CONCURRENT_REQUESTS).orElse(Integer.MAX_VALUE);
    RestEnumState known = new RestEnumState(bounded(), state.assigned(), state.unassigned());
    if (discovery != null) {
      return new DiscoveringEnumerator(
          context,
          discovery.finder(config),
          discovery.interval(),
          mostAtATime,
          known,
          config.isInWindows() ? this::stretches : input -> List.of(RestSplit.fresh(input)));
    }
    config.checkInputs(
        Stream.concat(state.assigned().stream(), state.unassigned().stream().map(RestSplit::input))
            .toList());
    return new RestSplitEnumerator(
        context,
        config.inputs(),
        mostAtATime,
        known,
        config.isInWindows() ? this::stretches : null);
  }

  /** The splits of an input in windows that was never read: what is closed is cut. */
  private List<RestSplit> stretches(Input input) {
    List<Stretch> stretches = Stretch.of(config, InstantSource.system().instant());
    return stretches.size() == 1
        ? List.of(RestSplit.fresh(input))
        : stretches.stream().map(stretch -> RestSplit.of(input, stretch)).toList();
  }

  @Override
  public SimpleVersionedSerializer<RestSplit> getSplitSerializer() {
    return new RestSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<RestEnumState> getEnumeratorCheckpointSerializer() {
    return new RestEnumStateSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return deserializer.getProducedType();
  }

  /** The options that were given, secrets hidden. */
  @Override
  public String toString() {
    return "RestSource{" + config + "}";
  }

  /**
   * How inputs are found.
   *
   * @param interval the time from the start of one discovery to that of the next
   */
  record Discovery(DynamicInputs by, Duration interval) implements Serializable {

    InputFinder finder(RestConfig config) {
      return new Finder(by, config);
    }
  }

  private record Finder(DynamicInputs by, RestConfig config) implements InputFinder {
    /** What is there now; each with no other columns than were declared. */
    @Override
    public Set<Input> find() throws Exception {
      Set<Input> inputs = new LinkedHashSet<>();
      for (Map<String, ? extends @Nullable Object> values : by.discover()) {
        Input input = Input.of(values);
        for (String column : values.keySet()) {
          if (!by.columns().contains(column)) {
            throw new RestException(
                "The discovered input %s has a column '%s', but the columns of the inputs are %s."
                    .formatted(input, column, by.columns()));
          }
        }
        inputs.add(input);
      }
      return inputs;
    }

    @Override
    public void check(Set<Input> stored, Set<Input> found) {
      config.checkFound(stored, found);
    }

    @Override
    public void close() throws Exception {
      by.close();
    }
  }

  private record ReaderInitialization(SourceReaderContext context)
      implements DeserializationSchema.InitializationContext {
    @Override
    public MetricGroup getMetricGroup() {
      return context.metricGroup().addGroup("deserializer");
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      return context.getUserCodeClassLoader();
    }
  }
}
