package io.reststream.spark.call;

import io.reststream.core.Calls;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.core.config.RestOptions;
import io.reststream.core.http.RedactedUrl;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * A REST API that is read as a batch, by a call for each row of a view or of {@code inputData}, in
 * the tasks of its partitions. A row becomes one for each record of the answer.
 */
public final class CallTable implements SupportsRead {
  private static final String PLACE = "_rest_place";

  private final Dataset<Row> rows;
  private final RestConfig config;
  private final StructType schema;
  private @Nullable RDD<Row> kept;

  private CallTable(Dataset<Row> rows, RestConfig config) {
    this.rows = rows;
    this.config = config;
    this.schema = CallRows.answered(rows.schema(), config);
  }

  /**
   * A table of these options.
   *
   * @throws RestException if they or the rows cannot be used
   */
  public static CallTable of(Map<String, String> options) {
    SparkSession spark = SparkSession.active();
    Map<String, String> others = new TreeMap<>(options);
    others.keySet().removeIf(CallOptions.isKey(CallOptions.INPUT));
    String view = null;
    for (String key : options.keySet()) {
      view = CallOptions.isKey(CallOptions.INPUT).test(key) ? options.get(key) : view;
    }
    Dataset<Row> rows;
    if (view != null) {
      rows = view(spark, view);
    } else {
      rows = InputRows.of(spark, RestConfig.parse(options, ReadMode.BATCH, CallOptions.OF_READS));
      others.keySet().removeIf(CallOptions.isKey(RestOptions.INPUT_DATA));
    }
    List<String> columns = List.of(rows.schema().fieldNames());
    RestConfig config = Calls.parse(others, Calls.Form.RECORDS, CallOptions.OF_READS, columns);
    RowInputs unused = new RowInputs(rows.schema(), config.sentColumns());
    return new CallTable(rows, config);
  }

  private static Dataset<Row> view(SparkSession spark, String name) {
    if (!exists(spark, name)) {
      throw new RestException(
          "Option 'input' must name a view or table of the session, but there is no '%s'."
              .formatted(name));
    }
    return spark.table(name);
  }

  private static boolean exists(SparkSession spark, String name) {
    try {
      return spark.catalog().tableExists(name);
    } catch (Exception e) { // what is no name at all; Spark's own is checked, but not declared
      return false;
    }
  }

  /**
   * This table, if these are its columns, as a catalog has kept them.
   *
   * @throws RestException if they are others
   */
  public CallTable as(StructType columns) {
    if (!shape(schema).equals(shape(columns))) {
      throw new RestException(
          ("A read with one of the options 'input', 'partitions', 'onError' and 'callStrictlyOnce'"
                  + " has the columns %s, and takes no schema, but was given %s. Decode the column"
                  + " 'output' with from_json, or use RestApi.call with 'responseSchema'.")
              .formatted(schema.toDDL(), columns.toDDL()));
    }
    return this;
  }

  /** Names and types; a catalog may forget which columns are never null. */
  private static List<String> shape(StructType columns) {
    return Arrays.stream(columns.fields())
        .map(column -> column.name() + ' ' + column.dataType().catalogString())
        .toList();
  }

  @Override
  public String name() {
    return "rest " + RedactedUrl.of(config.value(RestOptions.URL));
  }

  /** Spark 4 asks for columns instead, and takes them from here. */
  @Override
  @SuppressWarnings("deprecation")
  public StructType schema() {
    return schema;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return EnumSet.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return () -> new CallScan(this);
  }

  /**
   * The rows of the answers, whose calls an action makes. Where calls are to be made once, all
   * actions share one, which Spark forgets when this table is used no more.
   */
  synchronized RDD<Row> answers() {
    RDD<Row> known = kept;
    if (known != null) {
      return known;
    }
    RDD<Row> answers = CallRows.of(spread(), config, Calls.Form.RECORDS).javaRDD().rdd();
    if (config.value(CallOptions.CALL_STRICTLY_ONCE)) {
      answers = answers.persist(StorageLevel.MEMORY_AND_DISK());
      kept = answers;
    }
    return answers;
  }

  /** The rows in so many partitions, still in their order. */
  private Dataset<Row> spread() {
    Integer parts = config.find(CallOptions.PARTITIONS).orElse(null);
    return parts == null
        ? rows
        : rows.withColumn(PLACE, functions.monotonically_increasing_id())
            .repartitionByRange(parts, functions.col(PLACE))
            .sortWithinPartitions(PLACE)
            .drop(PLACE);
  }
}
