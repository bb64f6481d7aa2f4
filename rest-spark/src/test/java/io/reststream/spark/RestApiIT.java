package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.ConfigException;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Gate;
import io.reststream.testkit.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class RestApiIT {
  private final FakeApi api = FakeApi.start();
  private final SparkSession spark = LocalSpark.session();

  @BeforeEach
  void serve() {
    api.serve(
        "/users", request -> Answer.json("{\"id\":" + request.param("id") + ",\"name\":\"n\"}"));
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

  private Dataset<Row> ids(long many, int partitions) {
    return spark.range(0, many, 1, partitions).toDF();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(100, TimeUnit.SECONDS)) {
        throw new AssertionError("Not enough requests came at a time: " + latch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void eachRowHasItsAnswerInTheOrderOfTheRows() {
    Dataset<Row> answers = RestApi.call(ids(1000, 3), options());

    assertThat(answers.columns()).containsExactly("id", "output");
    assertThat(answers.collectAsList())
        .isEqualTo(
            LongStream.range(0, 1000)
                .mapToObj(id -> RowFactory.create(id, "{\"id\":" + id + ",\"name\":\"n\"}"))
                .toList());
    assertThat(api.requests()).hasSize(1000);
  }

  @Test
  void aTaskHasAsManyRequestsUnderWayAsItMay() {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch five = new CountDownLatch(5);
    api.serve(
        "/slow",
        request -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          five.countDown();
          await(five);
          underWay.decrementAndGet();
          return Answer.json("1");
        });
    Dataset<Row> answers =
        RestApi.call(
            ids(40, 1), Map.of("url", api.url("/slow{?id}"), "maxConcurrentRequests", "5"));

    assertThat(answers.count()).isEqualTo(40);
    assertThat(most).hasValue(5);
  }

  @Test
  void theLimitsOfTheJobAreSharedByItsTasks() throws Exception {
    Gate gate = new Gate();
    api.fault(Fault.held(gate), Fault.held(gate), Fault.held(gate));
    Dataset<Row> answers = RestApi.call(ids(60, 6), options("maxConcurrentRequests", "2"));

    CompletableFuture<Long> counted = CompletableFuture.supplyAsync(answers::count);

    gate.awaitArrivals(2, Duration.ofSeconds(100));
    assertThatThrownBy(() -> gate.awaitArrivals(3, Duration.ofMillis(500)))
        .hasMessageContaining("but 2 came");
    gate.open();
    assertThat(counted.get(100, TimeUnit.SECONDS)).isEqualTo(60);
  }

  @Test
  void equalRowsAreCalledForEachAndNoColumnIsLost() {
    Dataset<Row> inputs =
        spark.sql(
            "SELECT * FROM VALUES (1, array(1, 2), X'00', DATE'2026-01-02', named_struct('a', 1)),"
                + " (1, array(1, 2), X'00', DATE'2026-01-02', named_struct('a', 1)) AS t(id, many,"
                + " bytes, day, s)");
    api.serve("/echo", request -> Answer.json("\"" + request.target() + "\""));

    Dataset<Row> answers =
        RestApi.call(inputs, Map.of("url", api.url("/echo?id={id}{&many*,day,s*}")));

    assertThat(answers.columns()).containsExactly("id", "many", "bytes", "day", "s", "output");
    assertThat(answers.select("output").as(Encoders.STRING()).collectAsList())
        .hasSize(2)
        .containsOnly("\"/echo?id=1&many=1&many=2&day=2026-01-02&a=1\"");
    assertThat(answers.select("many", "bytes", "day", "s").except(inputs.drop("id")).count())
        .isZero();
  }

  @Test
  void aResponseSchemaTypesTheAnswer() {
    Dataset<Row> typed =
        RestApi.call(ids(2, 1), options("responseSchema", "id BIGINT, name STRING"));
    assertThat(typed.select("id", "output.name", "output.id").collectAsList())
        .containsExactly(RowFactory.create(0L, "n", 0L), RowFactory.create(1L, "n", 1L));

    api.serve("/tags", request -> Answer.json("{\"tags\":[\"a\",\"b\"]}"));
    Dataset<Row> records =
        RestApi.call(
            ids(1, 1),
            Map.of(
                "url", api.url("/tags"), "dataField", "tags", "responseSchema", "ARRAY<STRING>"));
    assertThat(records.selectExpr("output[1]").as(Encoders.STRING()).collectAsList())
        .containsExactly("b");
  }

  @Test
  void answersHaveOptionsForJsonAndMetadataColumnsAndMayStandAlone() {
    api.serve("/days", request -> Answer.json("{\"day\":\"02.01.2026\"}"));
    Map<String, String> options =
        new HashMap<>(
            Map.of(
                "url", api.url("/days{?id}"),
                "responseSchema", "day DATE",
                "dateFormat", "dd.MM.yyyy",
                "metadataColumns", "_rest_status,_rest_fetched_at,_rest_input",
                "includeInputsInOutput", "N"));

    Dataset<Row> answers = RestApi.call(ids(1, 1), options);
    assertThat(answers.columns())
        .containsExactly("output", "_rest_status", "_rest_fetched_at", "_rest_input");
    assertThat(
            answers
                .where("_rest_fetched_at > '2024-01-01'")
                .selectExpr("CAST(output.day AS STRING)", "_rest_status", "_rest_input")
                .collectAsList())
        .containsExactly(RowFactory.create("2026-01-02", 200, "{\"id\":0}"));

    options.remove("responseSchema");
    assertThatThrownBy(() -> RestApi.call(ids(1, 1), options))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Option 'dateFormat' must be left out where there is no schema, such as .schema(...) or"
                + " 'inferSchema' gives, but was 'dd.MM.yyyy'.");
  }

  @Test
  void aFailedCallFailsTheJobOrHasItsErrorBesideItOrIsLeftOut() {
    api.serve(
        "/some",
        request ->
            "1".equals(request.param("id"))
                ? Answer.status(404).body("nobody")
                : Answer.json("{}"));
    String url = api.url("/some{?id}");

    assertThatThrownBy(() -> RestApi.call(ids(3, 1), Map.of("url", url)).collectAsList())
        .hasMessageContaining("was answered with status 404: nobody");
    Dataset<Row> withErrors = RestApi.call(ids(3, 1), Map.of("url", url, "onError", "null"));
    assertThat(withErrors.columns()).containsExactly("id", "output", "error");
    List<Row> rows = withErrors.collectAsList();
    assertThat(rows.get(0)).isEqualTo(RowFactory.create(0L, "{}", null));
    assertThat(rows.get(1).isNullAt(1)).isTrue();
    assertThat(rows.get(1).getString(2)).contains("was answered with status 404: nobody");
    assertThat(rows.get(2)).isEqualTo(RowFactory.create(2L, "{}", null));
    assertThat(
            RestApi.call(ids(3, 1), Map.of("url", url, "onError", "skip"))
                .select("id")
                .as(Encoders.LONG())
                .collectAsList())
        .containsExactly(0L, 2L);
  }

  @Test
  void aRetryIsWaitedForInTheTask() {
    api.fault(Fault.tooManyRequests("0.3"), Fault.status(503));

    assertThat(RestApi.call(ids(20, 1), options("retryBaseDelay", "10ms")).count()).isEqualTo(20);
    assertThat(api.requests()).hasSize(22);
  }

  @Test
  void onlyWhatIsTakenIsCalledForButForWhatIsUnderWay() {
    List<Row> first =
        RestApi.call(ids(100_000, 1), options("maxConcurrentRequests", "4")).takeAsList(3);

    assertThat(first).hasSize(3);
    assertThat(api.requests()).hasSizeBetween(3, 20);
  }

  @Test
  void sqlCallsByAFunction() {
    RestApi.register(spark, "rest_api_call", options());
    ids(5, 2).createOrReplaceTempView("people");

    assertThat(
            spark
                .sql(
                    "SELECT id, from_json(output, 'id BIGINT, name STRING') AS user FROM (SELECT id,"
                        + " rest_api_call(struct(id)) AS output FROM people) ORDER BY id")
                .select("id", "user.id", "user.name")
                .collectAsList())
        .isEqualTo(LongStream.range(0, 5).mapToObj(id -> RowFactory.create(id, id, "n")).toList());
    assertThat(api.requests()).hasSize(5);
    assertThat(
            spark
                .sql("SELECT rest_api_call(struct(7 AS id)) AS output")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly("{\"id\":7,\"name\":\"n\"}");
  }

  @Test
  void aFunctionGivesNullForAFailureIfItMay() {
    api.serve("/none", request -> Answer.status(404));
    RestApi.register(spark, "quiet", Map.of("url", api.url("/none{?id}"), "onError", "null"));
    RestApi.register(spark, "strict", Map.of("url", api.url("/none{?id}")));
    RestApi.register(spark, "skipping", Map.of("url", api.url("/none{?id}"), "onError", "skip"));
    ids(2, 1).createOrReplaceTempView("two");

    assertThat(spark.sql("SELECT quiet(struct(id)) FROM two WHERE id = 1").collectAsList())
        .containsExactly(RowFactory.create((Object) null));
    assertThatThrownBy(() -> spark.sql("SELECT strict(struct(id)) FROM two").collectAsList())
        .hasStackTraceContaining("was answered with status 404");
    assertThatThrownBy(() -> spark.sql("SELECT skipping(struct(id)) FROM two").collectAsList())
        .hasStackTraceContaining(
            "Option 'onError' must be 'fail' or 'null' for a function, which has a value for each"
                + " row, but was 'skip'.");
  }

  @Test
  void whatCannotBeCalledIsRefusedBeforeAnyCall() {
    assertThatThrownBy(
            () ->
                RestApi.call(
                    ids(1, 1).withColumnRenamed("id", "Output"), Map.of("url", api.url("/x"))))
        .hasMessage(
            "The inputs must not have a column 'Output': 'output' is the name of a column of the"
                + " answers, and Spark's columns ignore case. Rename it.");
    assertThatThrownBy(
            () ->
                RestApi.call(ids(1, 1).selectExpr("id", "1 AS error"), options("onError", "null")))
        .hasMessage(
            "The inputs must not have a column 'error': 'error' is the name of a column of the"
                + " answers, and Spark's columns ignore case. Rename it.");
    assertThatThrownBy(() -> RestApi.call(spark.sql("SELECT X'00' AS id"), options()))
        .hasMessage(
            "The column 'id' is of type binary, which has no text form to send. Cast it to a string"
                + " in the query, for example with hex, base64 or to_json.");
    assertThatThrownBy(() -> RestApi.call(ids(1, 1), options("responseSchema", "a ?")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Option 'responseSchema' must be a schema such as 'id BIGINT, name STRING' or"
                + " 'ARRAY<STRUCT<id: BIGINT>>', but was 'a ?'.");
    assertThatThrownBy(() -> RestApi.call(ids(1, 1), options("onError", "ignore")))
        .hasMessage("Option 'onError' must be one of 'fail', 'null', 'skip', but was 'ignore'.");
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void whatNoCallCanMendIsRefusedAtOnce() {
    assertThatThrownBy(
            () ->
                RestApi.call(
                    ids(1, 1), options("responseSchema", "id INT", "mode", "DROPMALFORMED")))
        .hasMessage(
            "Option 'mode' must be 'PERMISSIVE' or 'FAILFAST' with 'responseSchema', since each row"
                + " keeps its place, but was 'DROPMALFORMED'.");
    assertThatThrownBy(() -> RestApi.register(spark, "wrong", options("maxRetriess", "1")))
        .hasMessage("Option 'maxRetriess' is not known. Did you mean 'maxRetries'?");
    assertThatThrownBy(() -> RestApi.call(spark.sql("SELECT 1 AS id, 2 AS id"), options()))
        .hasMessage("The inputs have a column 'id' twice. Rename one of them, or leave it out.");
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void timesAreSentAsTheyAre() {
    api.serve("/echo", request -> Answer.json("\"" + request.param("at") + "\""));
    Map<String, String> options = Map.of("url", api.url("/echo{?at}"));

    for (String java8 : List.of("false", "true")) {
      spark.conf().set("spark.sql.datetime.java8API.enabled", java8);
      try {
        for (Map.Entry<String, String> time :
            Map.of(
                    "TIMESTAMP'0001-01-03 00:00:00'", "0001-01-03T00:00:00Z",
                    "TIMESTAMP'2024-01-01 00:00:00.5'", "2024-01-01T00:00:00.500Z",
                    "TIMESTAMP_NTZ'2024-01-01 00:00:00'", "2024-01-01T00:00:00",
                    "TIMESTAMP_NTZ'0001-01-03 01:02:03.25'", "0001-01-03T01:02:03.250",
                    "DATE'0001-01-03'", "0001-01-03",
                    "DATE'2024-02-29'", "2024-02-29")
                .entrySet()) {
          assertThat(
                  RestApi.call(spark.sql("SELECT " + time.getKey() + " AS at"), options)
                      .select("output")
                      .as(Encoders.STRING())
                      .collectAsList())
              .containsExactly("\"" + time.getValue() + "\"");
        }
      } finally {
        spark.conf().unset("spark.sql.datetime.java8API.enabled");
      }
    }
  }

  @Test
  void aNullFailsItsRowWhereNothingCanBeLeftOut() {
    Dataset<Row> inputs = spark.sql("SELECT * FROM VALUES (1), (NULL) AS t(id)");
    api.serve("/users/1", request -> Answer.json("1"));

    List<Row> rows =
        RestApi.call(inputs, Map.of("url", api.url("/users/{id}"), "onError", "null"))
            .collectAsList();

    assertThat(rows.get(0)).isEqualTo(RowFactory.create(1, "1", null));
    assertThat(rows.get(1).getString(2))
        .isEqualTo(
            "The column 'id' is null in the input {\"id\":null}, but nothing can be left out where"
                + " {id} stands. Leave such rows out, or write {?id} or {&id} in the url.");
    assertThat(api.requests().stream().map(Request::target)).containsExactly("/users/1");
  }
}
