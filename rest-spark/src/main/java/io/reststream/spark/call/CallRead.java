package io.reststream.spark.call;

import io.reststream.core.Calls;
import io.reststream.core.Input;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.core.config.Option;
import io.reststream.core.config.RestOptions;
import io.reststream.spark.keep.EvenParts;
import io.reststream.spark.keep.LateRdd;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A batch read by a call for each row of a view or of {@code inputData}, in the tasks of its
 * partitions.
 */
public final class CallRead {
  private final Map<String, String> options;
  private final Dataset<Row> rows;
  private final RestConfig config;
  private final Caller caller;
  private @Nullable JavaRDD<byte[]> kept;

  private CallRead(Map<String, String> options, Dataset<Row> rows, RestConfig config) {
    this.options = options;
    this.rows = rows;
    this.config = config;
    this.caller = new Caller(rows, config, Calls.Form.RECORDS);
  }

  /**
   * The read of these options. It makes no call.
   *
   * @param engineOptions what may be given beside the core's options
   * @throws RestException if they or the rows cannot be used
   */
  public static CallRead of(Map<String, String> options, List<Option<?>> engineOptions) {
    SparkSession spark = SparkSession.active();
    Map<String, String> others = new TreeMap<>(options);
    others.keySet().removeIf(CallOptions.INPUT::isKey);
    String view = null;
    for (String key : options.keySet()) {
      view = CallOptions.INPUT.isKey(key) ? options.get(key) : view;
    }
    Dataset<Row> rows;
    if (view != null) {
      rows = view(spark, view);
    } else {
      rows = InputRows.of(spark, RestConfig.parse(options, ReadMode.BATCH, engineOptions));
      others.keySet().removeIf(RestOptions.INPUT_DATA::isKey);
    }
    List<String> columns = List.of(rows.schema().fieldNames());
    return new CallRead(
        options, rows, Calls.parse(others, Calls.Form.RECORDS, engineOptions, columns));
  }

  private static Dataset<Row> view(SparkSession spark, String name) {
    if (!exists(spark, name)) {
      throw new RestException(
          "Option 'input' must name a view or table of the session, but there is no '%s'."
              .formatted(name));
    }
    Dataset<Row> rows = spark.table(name);
    if (rows.isStreaming()) {
      throw new RestException(
          ("Option 'input' must name a view or table that is a batch, but '%s' is a stream. Call for"
                  + " the rows of each micro-batch with RestApi.call in foreachBatch.")
              .formatted(name));
    }
    return rows;
  }

  private static boolean exists(SparkSession spark, String name) {
    try {
      return spark.catalog().tableExists(name);
    } catch (Exception e) { // what is no name at all; Spark's own is checked, but not declared
      return false;
    }
  }

  /** Why this read cannot be a stream. */
  RestException noStream() {
    List<String> given = CallOptions.thatMeanCalls(options).stream().map(Option::key).toList();
    return new RestException(
        ("Option '%s' makes a read one of calls, which is a batch. Leave %s out of a stream, which"
                + " takes the rows to ask for as 'inputData'; or call for the rows of each"
                + " micro-batch with RestApi.call in foreachBatch.")
            .formatted(String.join("', '", given), given.size() == 1 ? "it" : "them"));
  }

  public RestConfig config() {
    return config;
  }

  /** The columns of the rows that are called for. */
  public StructType inputs() {
    return rows.schema();
  }

  /**
   * What the first rows are called with, for a sample: each once, and none that nothing can be sent
   * for.
   */
  public Set<Input> firstInputs(int most) {
    RowInputs inputs = new RowInputs(rows.schema(), config.sentColumns());
    Set<Input> first = new LinkedHashSet<>();
    for (Row row : rows.takeAsList(most)) {
      Input input = inputs.input(row);
      if (config.requiredColumns().stream().allMatch(one -> input.values().get(one) != null)) {
        first.add(input);
      }
    }
    return first;
  }

  /**
   * Records of the first rows where calls are made strictly once: those of the first partitions are
   * made now, and never again.
   */
  public List<String> keptSample(int most) {
    FlatMapFunction<CalledRow, String> records =
        row -> row.outcome().outputs().stream().filter(Objects::nonNull).iterator();
    return called(Integer.MAX_VALUE).flatMap(records).take(most);
  }

  /**
   * The rows with what came of their calls, which an action makes. Where calls are made strictly
   * once, all actions share what they got, which Spark forgets when this read is used no more.
   *
   * @param enough with how many records a call asks for no further page; what is kept is whole
   */
  synchronized JavaRDD<CalledRow> called(int enough) {
    if (!isKept()) {
      return call(input().toJavaRDD(), enough);
    }
    JavaRDD<byte[]> packs = kept;
    if (packs == null) {
      packs = KeptCalls.of(input(), caller);
      kept = packs;
    }
    return packs.flatMap(KeptCalls::open);
  }

  /** Whether calls are made strictly once. */
  public boolean isKept() {
    return config.value(CallOptions.CALL_STRICTLY_ONCE);
  }

  private JavaRDD<CalledRow> call(JavaRDD<Row> some, int enough) {
    Caller caller = this.caller;
    FlatMapFunction<Iterator<Row>, CalledRow> calling = part -> caller.call(part, enough);
    return some.mapPartitions(calling);
  }

  /** The rows in so many partitions, still in their order; read when a job runs. */
  private LateRdd<Row> input() {
    Dataset<Row> rows = this.rows;
    int parts = config.find(CallOptions.PARTITIONS).orElse(0);
    return new LateRdd<>(
        rows.sparkSession().sparkContext(),
        Row.class,
        () -> (parts == 0 ? rows.javaRDD() : EvenParts.of(rows.javaRDD(), parts)).rdd());
  }
}
