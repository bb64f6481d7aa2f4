package io.reststream.spark;

import static java.util.Map.entry;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Scenario;
import io.reststream.testkit.ScenarioRun;
import io.reststream.testkit.Scenarios;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of the table of scenarios, with Spark as the reader; some of them as typed rows too.
 */
class SparkScenarioIT {
  @TempDir Path checkpoint;

  static Stream<Scenario> scenarios() {
    return Scenarios.chosen().stream();
  }

  /** Rows of the table whose records are, as typed rows, the same JSON again. */
  private static final Map<String, String> TYPED =
      Map.ofEntries(
          entry("timestamp: the response tells it", "id BIGINT, ts BIGINT"),
          entry("timestamp: only the records have it", "id INT, timestamp INT"),
          entry("incremental: ids as text", "id STRING"),
          entry("incremental: ids beyond 2^53", "id BIGINT"),
          entry("max_field: ISO-8601 text from an initial offset", "id INT, updated_at TIMESTAMP"),
          entry("a tie at the offset, appended later", "id BIGINT, ts BIGINT"),
          entry("two records that are equal byte by byte", "ts DECIMAL(20,0), v INT"),
          entry("lookback: a late record, ascending", "id BIGINT, ts BIGINT"),
          entry("the offset field nested in the record", "id INT, meta STRUCT<ts: INT>"),
          entry("several inputs, in the query", "id BIGINT, ts BIGINT"),
          entry("nextUrl: absolute, newest first", "id BIGINT, ts BIGINT"),
          entry("nearly JSON: comments, quotes and zeros", "id BIGINT, ts BIGINT, t STRING"),
          entry(
              "nearly JSON: NaN, tabs and escapes, on lines",
              "id BIGINT, ts BIGINT, x DOUBLE, t STRING"),
          entry("fault: 408, 425 and 429", "id BIGINT, ts BIGINT"));

  static Stream<Scenario> typedScenarios() {
    TYPED.keySet().forEach(Scenarios::named);
    return scenarios().filter(row -> TYPED.containsKey(row.name()));
  }

  @ParameterizedTest
  @Tag("smoke")
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("scenarios")
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void delivers(Scenario scenario) {
    scenario.run((row, api, options) -> new SparkRun(api, options, null));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("typedScenarios")
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void deliversTypedRows(Scenario scenario) {
    scenario.run((row, api, options) -> new SparkRun(api, options, TYPED.get(row.name())));
  }

  private static Dataset<Row> stream(Map<String, String> options, String schema) {
    if (schema == null) {
      return LocalSpark.stream(options);
    }
    Column[] record =
        Arrays.stream(StructType.fromDDL(schema).fieldNames())
            .map(functions::col)
            .toArray(Column[]::new);
    Map<String, String> asTheyCame = Map.of("timestampFormat", "yyyy-MM-dd'T'HH:mm:ssX");
    return LocalSpark.session()
        .readStream()
        .format("rest")
        .schema(schema)
        .options(options)
        .load()
        .select(to_json(struct(record), asTheyCame).alias("output"));
  }

  private final class SparkRun implements ScenarioRun {
    private final FakeApi api;
    private final Map<String, String> options;
    private final String schema;
    private final Batches batches = new Batches();
    private StreamingQuery query;

    SparkRun(FakeApi api, Map<String, String> options, String schema) throws Exception {
      this.api = api;
      this.options = options;
      this.schema = schema;
      this.query = start();
    }

    private StreamingQuery start() throws Exception {
      return batches.of(stream(options, schema), checkpoint).start();
    }

    @Override
    public void drain(int expectedCount, Duration limit) throws Exception {
      batches.await(expectedCount, query, limit);
      awaitReadToTheEnd(limit);
      query.processAllAvailable();
    }

    /**
     * Two whole reads, and the beginning of a third: only then was the second one's answer looked
     * at. A failure of the query is what it fails with, not that the API is no longer asked.
     */
    private void awaitReadToTheEnd(Duration limit) throws Exception {
      for (Duration wait = Duration.ofMillis(250); ; wait = wait.multipliedBy(2)) {
        try {
          api.awaitReadToTheEnd(3, wait);
          return;
        } catch (AssertionError notYet) {
          Batches.throwFailure(query);
          if (wait.compareTo(limit) > 0) {
            throw notYet;
          }
        }
      }
    }

    @Override
    public void restart() throws Exception {
      query.stop();
      query = start();
    }

    @Override
    public List<String> delivered() {
      return batches.all();
    }

    @Override
    public void close() throws Exception {
      query.stop();
    }
  }
}
