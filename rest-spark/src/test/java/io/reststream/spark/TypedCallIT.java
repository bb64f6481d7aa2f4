package io.reststream.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.core.RestException;
import io.reststream.core.config.ConfigException;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batch reads of calls whose answers become columns. */
@Timeout(300)
class TypedCallIT {
  private final FakeApi api = FakeApi.start();
  private final SparkSession spark = LocalSpark.session();

  @BeforeEach
  void serve() {
    // Of users 13 there is none, and 14 has no orders.
    api.serve(
        "/orders",
        request -> {
          String user = request.param("user");
          return switch (user) {
            case "13" -> Answer.status(404).body("nobody");
            case "14" -> Answer.json("[]");
            default ->
                Answer.json(
                    "[{\"order\":%s1,\"name\":\"a\",\"price\":1.50},{\"order\":%s2,\"name\":7}]"
                        .formatted(user, user));
          };
        });
    spark.range(11, 15, 1, 2).toDF("user").createOrReplaceTempView("users");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Map<String, String> options(String... more) {
    Map<String, String> options =
        new HashMap<>(Map.of("url", api.url("/orders{?user}"), "input", "users"));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return options;
  }

  private Dataset<Row> read(String schema, String... more) {
    DataFrameReader reader = spark.read().format("rest").options(options(more));
    return schema.isEmpty() ? reader.load() : reader.schema(schema).load();
  }

  @Test
  void answersAreColumnsBehindThoseOfTheRows() {
    Dataset<Row> rows = read("order BIGINT, name STRING, price DOUBLE", "onError", "skip");

    rows.explain(true);
    assertThat(api.requests()).isEmpty();
    assertThat(rows.columns()).containsExactly("user", "order", "name", "price");
    assertThat(rows.collectAsList())
        .containsExactly(
            RowFactory.create(11L, 111L, "a", 1.5),
            RowFactory.create(11L, 112L, "7", null),
            RowFactory.create(12L, 121L, "a", 1.5),
            RowFactory.create(12L, 122L, "7", null));
    assertThat(rows.where("order > 115").select("order").collectAsList())
        .containsExactly(RowFactory.create(121L), RowFactory.create(122L));
    assertThat(rows.count()).isEqualTo(4);
  }

  @Test
  void aFailedCallFailsTheReadOrItsRowHasTheErrorAndNoColumns() {
    assertThat(catchThrowable(() -> read("order BIGINT", "onError", "fail").collectAsList()))
        .hasStackTraceContaining("was answered with status 404: nobody");

    Dataset<Row> rows = read("order BIGINT", "onError", "null", "metadataColumns", "_rest_status");
    assertThat(rows.columns()).containsExactly("user", "order", "error", "_rest_status");
    List<Row> all = rows.collectAsList();
    assertThat(all).hasSize(5);
    assertThat(all.get(3)).isEqualTo(RowFactory.create(12L, 122L, null, 200));
    assertThat(all.get(4).getString(2)).endsWith("was answered with status 404: nobody");
    assertThat(all.get(4).isNullAt(1) && all.get(4).isNullAt(3)).isTrue();
    assertThat(rows.where("error IS NOT NULL").select("user").collectAsList())
        .containsExactly(RowFactory.create(13L));
  }

  @Test
  void onlyTheColumnsThatAQueryUsesAreDecoded() {
    api.serve("/orders", request -> Answer.json("[{\"order\":1,\"day\":\"2023-02-29\"}]"));
    Dataset<Row> rows = read("order BIGINT, day DATE", "dateFormat", "yyyy-MM-dd");
    // What the session refuses to decide fails a query that decodes it, in whatever mode.
    spark.conf().set("spark.sql.legacy.timeParserPolicy", "EXCEPTION");
    try {
      assertThat(rows.select("order").distinct().count()).isOne();
      assertThat(rows.count()).isEqualTo(4);
      assertThat(catchThrowable(() -> rows.select("day").collectAsList()))
          .hasStackTraceContaining("2023-02-29");
    } finally {
      spark.conf().unset("spark.sql.legacy.timeParserPolicy");
    }
  }

  @Test
  void aRecordThatTheSchemaCannotHoldIsWhatTheModeSays() {
    api.serve("/orders", request -> Answer.json("[{\"order\":\"x\"},{\"order\":1}]"));
    spark.range(11, 12).toDF("user").createOrReplaceTempView("users");

    assertThat(read("order INT, _corrupt_record STRING", "onError", "fail").collectAsList())
        .containsExactly(
            RowFactory.create(11L, null, "{\"order\":\"x\"}"), RowFactory.create(11L, 1, null));
    assertThat(read("order INT", "mode", "DROPMALFORMED").collectAsList())
        .containsExactly(RowFactory.create(11L, 1));
    assertThat(
            catchThrowable(
                () -> read("order INT", "mode", "FAILFAST", "onError", "null").collectAsList()))
        .hasStackTraceContaining("[MALFORMED_RECORD_IN_PARSING");
  }

  @Test
  void metadataColumnsTellOfTheAnswer() {
    Dataset<Row> rows = read("order BIGINT", "onError", "skip");

    assertThat(
            rows.select("order", "_rest_status", "_rest_page", "_rest_input", "_rest_url")
                .where("order = 121")
                .collectAsList())
        .containsExactly(
            RowFactory.create(121L, 200, 0L, "{\"user\":12}", api.url("/orders?user=12")));
    assertThat(rows.where(col("_rest_fetched_at").gt(Timestamp.from(Instant.EPOCH))).count())
        .isEqualTo(4);
    assertThat(read("", "onError", "skip", "metadataColumns", "all").columns())
        .containsExactly(
            "user",
            "output",
            "_rest_url",
            "_rest_status",
            "_rest_fetched_at",
            "_rest_page",
            "_rest_offset",
            "_rest_input");
  }

  @Test
  void theColumnsOfTheRowsMayBeLeftOut() {
    Dataset<Row> rows =
        read("user STRING, order INT", "onError", "skip", "includeInputsInOutput", "N");

    assertThat(rows.columns()).containsExactly("user", "order");
    assertThat(rows.collectAsList())
        .containsExactly(
            RowFactory.create(null, 111),
            RowFactory.create(null, 112),
            RowFactory.create(null, 121),
            RowFactory.create(null, 122));
  }

  @Test
  void allTypesOfColumnsStandBesideTheAnswers() {
    spark
        .sql(
            "SELECT 1 AS user, array('x', null) AS many, map('k', X'0A') AS m, named_struct('d',"
                + " DATE'2026-01-02', 'n', 1.50BD) AS s, TIMESTAMP'2026-01-02 03:04:05' AS at,"
                + " INTERVAL '1' DAY AS i")
        .createOrReplaceTempView("users");

    Dataset<Row> rows = read("order BIGINT").where("order = 11");

    assertThat(rows.drop("order", "m").except(spark.table("users").drop("m")).count()).isZero();
    assertThat(rows.selectExpr("many[0]", "hex(m['k'])", "s.n").first().mkString(","))
        .isEqualTo("x,0A,1.50");
  }

  @Test
  void columnsAreInferredFromTheAnswersForTheFirstRows() {
    spark.range(20, 60, 1, 2).toDF("user").createOrReplaceTempView("users");

    Dataset<Row> rows = read("", "inferSchema", "true");

    assertThat(rows.schema().simpleString())
        .isEqualTo("struct<user:bigint,name:string,order:bigint,price:double>");
    assertThat(api.requests()).hasSizeLessThanOrEqualTo(10);
    int sampled = api.requests().size();
    rows.explain(true);
    assertThat(api.requests()).hasSize(sampled);
    assertThat(rows.count()).isEqualTo(80);
    assertThat(api.requests()).hasSize(sampled + 40);
  }

  @Test
  void aSampleIsPartOfCallsThatAreMadeStrictlyOnce() {
    spark.range(20, 40, 1, 2).toDF("user").createOrReplaceTempView("users");

    Dataset<Row> rows = read("", "inferSchema", "true", "callStrictlyOnce", "Y");

    assertThat(rows.count()).isEqualTo(40);
    assertThat(rows.select("order").where("name = 'a'").count()).isEqualTo(20);
    assertThat(rows.select("user", "_rest_status").distinct().count()).isEqualTo(20);
    assertThat(api.requests()).hasSize(20);
  }

  @Test
  void aSampleHasNoMorePagesThanThatOfARead() {
    spark.range(0, 12).toDF("user").createOrReplaceTempView("users");
    api.serve(
        "/paged",
        request -> {
          int page = Integer.parseInt(String.valueOf(request.param("page")));
          return Answer.json(page > 6 ? "[]" : "[{\"order\":%d}]".formatted(page));
        });
    String[] paged = {"url", api.url("/paged{?user,page}"), "pagination", "pageNumber"};
    Dataset<Row> rows = read("", with(paged, "inferSchema", "true"));
    assertThat(rows.schema().simpleString()).isEqualTo("struct<user:bigint,order:bigint>");
    assertThat(api.requests()).hasSize(10);

    api.fault("/paged", Fault.tooManyRequests("3600"));
    assertThatThrownBy(() -> read("", with(paged, "inferSchema", "true")))
        .isInstanceOf(RestException.class)
        .hasMessageContaining("for a sample, but may not ask before ");
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void aSampleThatFailsOrIsEmptyIsAnError() {
    assertThatThrownBy(() -> read("", "inferSchema", "true", "maxRetries", "0"))
        .isInstanceOf(RestException.class)
        .hasMessage(
            ("Option 'inferSchema' asked %s for a sample, but failed: GET %s was answered with"
                    + " status 404: nobody. Give the columns with .schema(...), or leave"
                    + " 'inferSchema' out.")
                .formatted(api.url("/orders{?user}"), api.url("/orders?user=13")));
    spark.range(14, 15).toDF("user").createOrReplaceTempView("users");
    assertThatThrownBy(() -> read("", "inferSchema", "true"))
        .isInstanceOf(RestException.class)
        .hasMessage(
            ("Option 'inferSchema' asked %s for a sample, but the answers for the first rows held"
                    + " no record. Give the columns with .schema(...), or leave 'inferSchema' out.")
                .formatted(api.url("/orders{?user}")));
  }

  @Test
  void namesThatClashAreRefusedBeforeAnyCall() {
    assertThatThrownBy(() -> read("order BIGINT, USER STRING"))
        .isInstanceOf(RestException.class)
        .hasMessage(
            "The schema's column 'USER' has the name of a column of the inputs, and Spark's columns"
                + " ignore case. Rename one of them, or leave the inputs out with"
                + " 'includeInputsInOutput'='false'.");
    assertThatThrownBy(() -> read("user BIGINT, order BIGINT", "onError", "null"))
        .hasMessage(
            "The schema has the columns of the inputs, (user), so it must have all: those of the"
                + " record follow, and then (error), which come of the options 'onError' and"
                + " 'metadataColumns', but it was (user, order). Or give the columns of the record"
                + " alone.");
    assertThatThrownBy(() -> read("order BIGINT, Error STRING", "onError", "null"))
        .hasMessage(
            "The schema must not have a column 'Error': with 'onError'='null' it is the name of the"
                + " column that says why a call failed, and Spark's columns ignore case.");
    assertThatThrownBy(() -> read("order BIGINT, _rest_url STRING"))
        .hasMessage(
            "The schema must not have a column '_rest_url': it is the name of a metadata column.");
    assertThatThrownBy(() -> read("m MAP<INT, STRING>"))
        .hasMessage(
            "The schema's column 'm' must not hold map<int,string>: the names of a JSON object are"
                + " text, so a map's keys must be of type string.");
    spark.sql("SELECT 1 AS user, 2 AS error, 3 AS _rest_page").createOrReplaceTempView("users");
    assertThatThrownBy(() -> read("order BIGINT"))
        .hasMessage(
            "The inputs must not have a column '_rest_page': it is the name of a metadata column.");
    spark.sql("SELECT 1 AS user, 2 AS error").createOrReplaceTempView("users");
    assertThatThrownBy(() -> read("order BIGINT", "onError", "null"))
        .hasMessage(
            "The inputs must not have a column 'error': 'error' is the name of a column of the"
                + " answers, and Spark's columns ignore case. Rename it.");
    assertThatThrownBy(() -> read("order BIGINT", "metadataColumns", "_rest_urls", "onErr", "x"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("2 problems in the options:");
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void sqlDeclaresTheColumnsOfAnswers() {
    spark.sql(
        "CREATE OR REPLACE TEMPORARY VIEW orders (order BIGINT, name STRING) USING rest OPTIONS"
            + " (url '%s', input 'users', onError 'skip')".formatted(api.url("/orders{?user}")));
    assertThat(
            spark
                .sql("SELECT u.user, name FROM users u JOIN orders USING (user) WHERE order = 121")
                .collectAsList())
        .containsExactly(RowFactory.create(12L, "a"));

    spark.sql("DROP TABLE IF EXISTS ordered");
    spark.sql(
        "CREATE TABLE ordered USING rest OPTIONS (url '%s', inferSchema 'true', inputData '%s')"
            .formatted(api.url("/orders{?user}"), "[{\"user\":1},{\"user\":2}]")
            .replace("inputData", "partitions '2', inputData"));
    try {
      assertThat(spark.sql("SELECT sum(order), max(user) FROM ordered").collectAsList())
          .containsExactly(RowFactory.create(11L + 12 + 21 + 22, 2L));
    } finally {
      spark.sql("DROP TABLE ordered");
    }
  }
}
