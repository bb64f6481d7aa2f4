package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.spark.read.JobLimits;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Gate;
import io.reststream.testkit.process.Until;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits and clients are those of a job, in however many tasks it asks. */
@Timeout(300)
class SharedLimitsIT {
  private static final int CALLS = 12;
  private static final int PER_SECOND = 8;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final FakeApi api = FakeApi.start();
  private final SparkSession spark = LocalSpark.session();
  private final Queue<Long> times = new ConcurrentLinkedQueue<>();

  /** The ways to ask for each of some ids, as many tasks as there are. */
  enum Way {
    PLAIN_READ(
        (spark, options) ->
            LocalSpark.batch(
                with(
                    options,
                    "inputData",
                    ids().mapToObj("{\"id\":%d}"::formatted).toList().toString()))),
    READ_OF_CALLS((spark, options) -> LocalSpark.batch(with(options, "input", "twelve"))),
    CALLS_FOR_ROWS((spark, options) -> RestApi.call(spark.table("twelve"), options)),
    FUNCTION(
        (spark, options) -> {
          RestApi.register(spark, "limited_call", options);
          return spark.sql("SELECT limited_call(struct(id)) AS output FROM twelve");
        });

    private final BiFunction<SparkSession, Map<String, String>, Dataset<Row>> rows;

    Way(BiFunction<SparkSession, Map<String, String>, Dataset<Row>> rows) {
      this.rows = rows;
    }

    Dataset<Row> rows(SparkSession spark, Map<String, String> options) {
      spark.range(0, CALLS, 1, CALLS).createOrReplaceTempView("twelve");
      return rows.apply(spark, options);
    }
  }

  private static LongStream ids() {
    return LongStream.range(0, CALLS);
  }

  private static Map<String, String> with(Map<String, String> options, String key, String value) {
    Map<String, String> more = new HashMap<>(options);
    more.put(key, value);
    return more;
  }

  private Map<String, String> options() {
    return Map.of("url", api.url("/x{?id}"));
  }

  @BeforeEach
  void serve() {
    api.serve("/x", request -> Answer.json("[" + request.param("id") + "]"));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @EnumSource
  void tasksTogetherAskNoFasterThanTheRateAllows(Way way) {
    api.beforeAnswer(request -> times.add(System.nanoTime()));
    Dataset<Row> rows =
        way.rows(spark, with(options(), "requestsPerSecond", String.valueOf(PER_SECOND)));
    assertThat(rows.javaRDD().getNumPartitions()).isEqualTo(CALLS);

    assertThat(rows.collectAsList()).hasSize(CALLS);

    assertThat(times).hasSize(CALLS);
    Duration took = Duration.ofNanos(Collections.max(times) - Collections.min(times));
    Duration due = Duration.ofSeconds(1).multipliedBy(CALLS - 1).dividedBy(PER_SECOND);
    assertThat(took) // half of it, since the first request may be a little late
        .isGreaterThan(due.dividedBy(2));
  }

  @ParameterizedTest
  @EnumSource
  void tasksTogetherHaveNoMoreRequestsUnderWayThanThereMayBe(Way way) throws Exception {
    Gate gate = new Gate();
    api.fault(Collections.nCopies(CALLS, Fault.held(gate)).toArray(Fault[]::new));
    Dataset<Row> rows = way.rows(spark, with(options(), "maxConcurrentRequests", "1"));

    CompletableFuture<List<Row>> asked = CompletableFuture.supplyAsync(rows::collectAsList);

    gate.awaitArrivals(1, LIMIT);
    assertThatThrownBy(() -> gate.awaitArrivals(2, Duration.ofMillis(300)))
        .hasMessageContaining("but 1 came");
    gate.open();
    assertThat(asked.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).hasSize(CALLS);
    assertThat(api.requests()).hasSize(CALLS);
  }

  @Test
  void aPartOfTheLimitsIsThatOfAProcessAndNotOfATask() {
    RestConfig config =
        RestConfig.parse(
            with(options(), "requestsPerSecond", "1"), ReadMode.BATCH, List.of(), List.of("id"));
    MapFunction<Long, Integer> parts = id -> JobLimits.parts(config);

    assertThat(
            spark.range(0, CALLS, 1, CALLS).map(parts, Encoders.INT()).distinct().collectAsList())
        .containsExactly(1);
  }

  @Test
  void tasksAndTheDriverShareAClient() {
    Set<Thread> before = selectors();
    Set<Thread> seen = seenByRequests();

    askInEveryWay();

    seen.removeAll(before);
    assertThat(seen).hasSizeLessThanOrEqualTo(1); // none where one of before is used
  }

  @Test
  @Tag("full") // a client stays for some seconds
  void nothingOfAClientIsLeftAlsoAfterTasksThatFailedOrEndedEarly() {
    Set<Thread> seen = seenByRequests();
    askInEveryWay();
    for (Way way : Way.values()) {
      assertThat(way.rows(spark, options()).takeAsList(1)).hasSize(1);
      api.fault(Fault.status(404));
      assertThatThrownBy(() -> way.rows(spark, options()).collectAsList())
          .hasStackTraceContaining("was answered with status 404");
    }
    assertThat(seen).isNotEmpty();

    Until.holds(
        "the threads of clients end",
        LIMIT,
        () -> {
          System.gc(); // JDK 17's client ends when nobody can reach it
          return seen.stream().noneMatch(Thread::isAlive);
        });
  }

  private Set<Thread> seenByRequests() {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    api.beforeAnswer(request -> seen.addAll(selectors()));
    return seen;
  }

  /** Asks in tasks, and in the driver, which makes the calls for rows that a query spells out. */
  private void askInEveryWay() {
    for (Way way : Way.values()) {
      assertThat(way.rows(spark, options()).collectAsList()).hasSize(CALLS);
    }
    RestApi.register(spark, "folded_call", options());
    String values =
        IntStream.range(0, 30).mapToObj("(%d)"::formatted).collect(Collectors.joining(","));
    assertThat(
            spark
                .sql("SELECT folded_call(struct(id)) FROM VALUES " + values + " AS t(id)")
                .collectAsList())
        .hasSize(30);
  }

  private static Set<Thread> selectors() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
        .collect(Collectors.toSet());
  }
}
