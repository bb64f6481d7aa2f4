package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.ConfigException;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batch reads that ask for the rows of a view, keep their results, or go on after failures. */
@Timeout(300)
class CallReadIT {
  private final FakeApi api = FakeApi.start();
  private final SparkSession spark = LocalSpark.session();

  @BeforeEach
  void serve() {
    api.serve(
        "/users",
        request ->
            "13".equals(request.param("id"))
                ? Answer.status(404).body("nobody")
                : Answer.json("{\"data\":[" + request.param("id") + ",{\"x\":1}]}"));
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Map<String, String> options(String... more) {
    Map<String, String> options = new HashMap<>(Map.of("url", api.url("/users{?id}")));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return options;
  }

  private static List<Row> twoEach(long from, long to) {
    return LongStream.range(from, to)
        .boxed()
        .flatMap(
            id ->
                List.of(RowFactory.create(id, "" + id), RowFactory.create(id, "{\"x\":1}"))
                    .stream())
        .toList();
  }

  @Test
  void theApiIsAskedForEachRowOfAViewInItsOrder() {
    spark.range(100, 300, 1, 3).createOrReplaceTempView("wanted");

    Dataset<Row> rows = LocalSpark.batch(options("input", "wanted"));

    assertThat(api.requests()).isEmpty();
    assertThat(rows.columns()).containsExactly("id", "output");
    assertThat(rows.collectAsList()).isEqualTo(twoEach(100, 300));
    assertThat(api.requests()).hasSize(200);
    assertThat(rows.javaRDD().getNumPartitions()).isEqualTo(3);
    assertThat(rows.where("output LIKE '{%'").select("id").count()).isEqualTo(200);
  }

  @Test
  void rowsAreSpreadOverPartitionsInTheirOrder() {
    spark.range(100, 300, 1, 1).createOrReplaceTempView("wanted");

    Dataset<Row> rows = LocalSpark.batch(options("input", "wanted", "partitions", "4"));

    assertThat(rows.collectAsList()).isEqualTo(twoEach(100, 300));
    assertThat(rows.javaRDD().getNumPartitions()).isEqualTo(4);
  }

  @Test
  void inputDataIsReadAsAViewIs() {
    Dataset<Row> rows =
        LocalSpark.batch(
            options(
                "inputData",
                "[{\"id\":1,\"of\":[1]},{\"id\":13,\"of\":\"x\"},{\"id\":2}]",
                "onError",
                "null"));

    assertThat(rows.columns()).containsExactly("id", "of", "output", "error");
    List<Row> all = rows.collectAsList();
    assertThat(all).hasSize(5);
    assertThat(all.get(0)).isEqualTo(RowFactory.create(1L, "[1]", "1", null));
    assertThat(all.get(2).getString(3)).contains("was answered with status 404: nobody");
    assertThat(all.get(3)).isEqualTo(RowFactory.create(2L, null, "2", null));
  }

  @Test
  void aFailedCallIsLeftOutOrFailsTheRead() {
    spark.range(13, 15).createOrReplaceTempView("some");

    assertThat(LocalSpark.batch(options("input", "some", "onError", "skip")).collectAsList())
        .isEqualTo(twoEach(14, 15));
    Dataset<Row> failing = LocalSpark.batch(options("input", "some"));
    assertThatThrownBy(failing::collectAsList)
        .hasStackTraceContaining("was answered with status 404: nobody");
  }

  @Test
  void callsThatAreMadeStrictlyOnceServeAllActions() {
    Dataset<Row> once =
        LocalSpark.batch(options("inputData", "[{\"id\":1},{\"id\":2}]", "callStrictlyOnce", "Y"));

    assertThat(once.count()).isEqualTo(4);
    assertThat(once.collectAsList()).isEqualTo(twoEach(1, 3));
    assertThat(once.where("id = 1").join(once.select("id").distinct(), "id").count()).isEqualTo(2);
    assertThat(api.requests()).hasSize(2);

    Dataset<Row> again = LocalSpark.batch(options("onError", "fail", "inputData", "[{\"id\":1}]"));
    assertThat(again.count() + again.count()).isEqualTo(4);
    assertThat(api.requests()).hasSize(4);
  }

  @Test
  void whatWasAnsweredBeforeAnActionFailedIsNotAskedForAgain() {
    AtomicInteger refusals = new AtomicInteger(2);
    api.serve(
        "/some",
        request ->
            request.param("id").equals("550") && refusals.getAndDecrement() > 0
                ? Answer.status(404).body("not yet")
                : Answer.json("[" + request.param("id") + "]"));
    spark.range(0, 600, 1, 3).createOrReplaceTempView("wanted");
    Dataset<Row> once =
        LocalSpark.batch(
            Map.of("url", api.url("/some{?id}"), "input", "wanted", "callStrictlyOnce", "Y"));

    // One task that makes all partitions, and one for each.
    for (Dataset<Row> failing : List.of(once.coalesce(1), once)) {
      assertThatThrownBy(failing::count).hasStackTraceContaining("status 404: not yet");
    }
    assertThat(once.select("output").as(Encoders.STRING()).collectAsList())
        .isEqualTo(LongStream.range(0, 600).mapToObj(Long::toString).toList());

    Map<String, Long> asked =
        api.requests().stream()
            .collect(Collectors.groupingBy(Request::target, Collectors.counting()));
    assertThat(asked).hasSize(600).containsEntry("/some?id=550", 3L);
    assertThat(LongStream.range(0, 550).mapToObj(id -> asked.get("/some?id=" + id)))
        .containsOnly(1L);
  }

  @Test
  void noInputIsOneCall() {
    assertThat(
            LocalSpark.batch(Map.of("url", api.url("/users?id=7"), "callStrictlyOnce", "Y"))
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly("7", "{\"x\":1}");
  }

  @Test
  void anInputMayHaveAnyColumnAndUnevenPartitions() {
    spark
        .range(0, 400, 1, 4)
        .where("id < 7 OR id >= 100 AND id < 200 OR id = 399")
        .selectExpr("id", "-id AS _rest_place", "named_struct('d', DATE'2026-01-02') AS s")
        .createOrReplaceTempView("uneven");
    List<Long> ids = spark.table("uneven").select("id").as(Encoders.LONG()).collectAsList();

    int parts = 5;
    Dataset<Row> rows =
        LocalSpark.batch(options("input", "uneven", "partitions", String.valueOf(parts)))
            .where("output < 'a'");
    assertThat(rows.select("id").as(Encoders.LONG()).collectAsList()).isEqualTo(ids);
    assertThat(rows.where("_rest_place = -id AND s.d = DATE'2026-01-02'").count()).isEqualTo(108);
    assertThat(rows.javaRDD().glom().map(List::size).collect())
        .hasSize(parts)
        .allMatch(size -> size >= 108 / parts)
        .allMatch(size -> size <= 108 / parts + 1);
    spark.range(0).createOrReplaceTempView("uneven");
    assertThat(LocalSpark.batch(options("input", "uneven", "partitions", "2")).count()).isZero();
  }

  @Test
  void explainingAsksNobodyAndAnActionReadsTheInputOnce() {
    api.serve("/wanted", request -> Answer.json("[{\"id\":1},{\"id\":2},{\"id\":2}]"));
    spark
        .read()
        .format("rest")
        .schema("id BIGINT")
        .option("url", api.url("/wanted"))
        .load()
        .createOrReplaceTempView("wanted");
    spark.sql("SELECT id FROM wanted GROUP BY id").createOrReplaceTempView("grouped");

    for (String input : List.of("wanted", "grouped")) {
      for (String once : List.of("Y", "N")) {
        int before = api.requests().size();
        Dataset<Row> rows =
            LocalSpark.batch(options("input", input, "partitions", "2", "callStrictlyOnce", once));
        rows.explain(true);
        LocalSpark.batch(options("input", input, "callStrictlyOnce", once)).explain();
        assertThat(api.requests()).hasSize(before);

        assertThat(rows.select("id").distinct().count()).isEqualTo(2);
        assertThat(api.requests().stream().skip(before).map(Request::target))
            .containsOnlyOnce("/wanted");
      }
    }
  }

  @Test
  void twoActionsAtATimeShareTheCallsThatAreMadeStrictlyOnce() {
    spark.range(100, 250, 1, 1).createOrReplaceTempView("wanted");
    Dataset<Row> once = LocalSpark.batch(options("input", "wanted", "callStrictlyOnce", "Y"));

    CompletableFuture<Long> other = CompletableFuture.supplyAsync(once::count);
    assertThat(once.select("id").distinct().count()).isEqualTo(150);
    assertThat(other.join()).isEqualTo(300);
    assertThat(api.requests()).hasSize(150);
  }

  @RepeatedTest(5)
  void anActionThatWaitedForOneThatFailedGoesOnFromWhatItGot() {
    AtomicInteger refusals = new AtomicInteger(1);
    api.serve(
        "/some",
        request -> {
          if (request.param("id").equals("140") && refusals.getAndDecrement() > 0) {
            awaitThreadIn("BlockInfoManager");
            return Answer.status(404).body("not yet");
          }
          return Answer.json("[" + request.param("id") + "]");
        });
    spark.range(0, 300, 1, 1).createOrReplaceTempView("wanted");
    Dataset<Row> once =
        LocalSpark.batch(
            Map.of("url", api.url("/some{?id}"), "input", "wanted", "callStrictlyOnce", "Y"));

    List<CompletableFuture<Long>> actions =
        List.of(
            CompletableFuture.supplyAsync(once::count), CompletableFuture.supplyAsync(once::count));
    assertThat(actions.stream().map(CallReadIT::outcome))
        .containsExactlyInAnyOrder("300", "failed");

    Map<String, Long> asked =
        api.requests().stream()
            .collect(Collectors.groupingBy(Request::target, Collectors.counting()));
    assertThat(asked).hasSize(300).containsEntry("/some?id=140", 2L);
    assertThat(LongStream.range(0, 140).mapToObj(id -> asked.get("/some?id=" + id)))
        .containsOnly(1L);
  }

  private static String outcome(CompletableFuture<Long> action) {
    try {
      return action.join().toString();
    } catch (CompletionException e) {
      return "failed";
    }
  }

  /** Until a thread waits in a class of Spark's, which says so nowhere else. */
  private static void awaitThreadIn(String type) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (Thread.getAllStackTraces().values().stream()
        .noneMatch(
            frames -> Stream.of(frames).anyMatch(frame -> frame.getClassName().contains(type)))) {
      assertThat(System.nanoTime()).as("no thread is in %s", type).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void sqlReadsAndJoins() {
    spark.range(3).createOrReplaceTempView("three");
    spark.sql(
        "CREATE OR REPLACE TEMPORARY VIEW answers USING rest OPTIONS (url '"
            + api.url("/users{?id}")
            + "', input 'three')");

    assertThat(
            spark
                .sql(
                    "SELECT three.id, output FROM three JOIN answers ON three.id = answers.id WHERE"
                        + " output = '1'")
                .collectAsList())
        .containsExactly(RowFactory.create(1L, "1"));
  }

  @Test
  void sqlCreatesATable() {
    spark.sql("DROP TABLE IF EXISTS everything");
    spark.sql(
        "CREATE TABLE everything USING rest OPTIONS (url '"
            + api.url("/users{?id}")
            + "', inputData '[{\"id\":5,\"n\":1}]')");
    try {
      assertThat(spark.sql("SELECT output FROM everything").as(Encoders.STRING()).collectAsList())
          .containsExactly("5", "{\"x\":1}");
      assertThat(spark.sql("SELECT * FROM everything WHERE output = '5'").collectAsList())
          .containsExactly(RowFactory.create(5L, 1L, "5"));
    } finally {
      spark.sql("DROP TABLE everything");
    }
  }

  @Test
  void aStreamOfCallsIsRefusedAndItsOptionNamed() throws Exception {
    spark.range(1).createOrReplaceTempView("one");
    Map<String, String> options = options("input", "one", "on_error", "skip");
    StreamingQuery query = LocalSpark.stream(options).writeStream().format("noop").start();

    assertThatThrownBy(() -> LocalSpark.finish(query))
        .hasMessageContaining(
            "Option 'input', 'onError' makes a read one of calls, which is a batch. Leave them out"
                + " of a stream, which takes the rows to ask for as 'inputData'; or call for the"
                + " rows of each micro-batch with RestApi.call in foreachBatch.");
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsRefused() {
    assertThatThrownBy(() -> LocalSpark.batch(options("input", "nobody")))
        .hasMessage(
            "Option 'input' must name a view or table of the session, but there is no 'nobody'.");
    assertThatThrownBy(() -> LocalSpark.batch(options("input", "a b")))
        .hasMessage(
            "Option 'input' must name a view or table of the session, but there is no 'a b'.");
    assertThatThrownBy(() -> LocalSpark.batch(Map.of("url", api.url("/users"), "partitions", "0")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Option 'partitions' must be a whole number from 1 to 2147483647, but was '0'.");
    spark.range(1).withColumnRenamed("id", "output").createOrReplaceTempView("clashing");
    assertThatThrownBy(
            () -> LocalSpark.batch(Map.of("url", api.url("/users"), "input", "clashing")))
        .hasMessage(
            "The inputs must not have a column 'output': 'output' is the name of a column of the"
                + " answers, and Spark's columns ignore case. Rename it.");
    spark.range(1).createOrReplaceTempView("one");
    assertThatThrownBy(() -> LocalSpark.batch(options("input", "one", "inputData", "[{\"id\":1}]")))
        .hasMessage("Option 'inputData' has no meaning where the inputs are the rows of a table.");
    assertThatThrownBy(() -> LocalSpark.batch(options("input", "one", "mode", "FAILFAST")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Option 'mode' must be left out where there is no schema, such as .schema(...) or"
                + " 'inferSchema' gives, but was 'FAILFAST'.");
    spark.sql("SELECT 1 AS id, 2 AS id").createOrReplaceTempView("twice");
    assertThatThrownBy(() -> LocalSpark.batch(options("input", "twice")))
        .hasMessage("The inputs have a column 'id' twice. Rename one of them, or leave it out.");
    spark.readStream().format("rate").load().createOrReplaceTempView("ticks");
    assertThatThrownBy(() -> LocalSpark.batch(options("input", "ticks")))
        .hasMessage(
            "Option 'input' must name a view or table that is a batch, but 'ticks' is a stream. Call"
                + " for the rows of each micro-batch with RestApi.call in foreachBatch.");
    spark.sql("SELECT X'00' AS id").createOrReplaceTempView("bytes");
    assertThatThrownBy(() -> LocalSpark.batch(options("input", "bytes")))
        .hasMessage(
            "The column 'id' is of type binary, which has no text form to send. Cast it to a string"
                + " in the query, for example with hex, base64 or to_json.");
    assertThat(api.requests()).isEmpty();
  }
}
