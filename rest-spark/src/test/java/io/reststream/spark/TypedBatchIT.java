package io.reststream.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.testkit.Answer;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Tail;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class TypedBatchIT {
  private final FakeApi api = FakeApi.start();

  @AfterEach
  void close() {
    api.close();
  }

  private Dataset<Row> read(String schema, String... options) {
    Map<String, String> all = new HashMap<>(Map.of("url", api.url("/all")));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return LocalSpark.session().read().format("rest").schema(schema).options(all).load();
  }

  private void serve(String... records) {
    api.serve("/all", request -> Answer.json("[" + String.join(",", records) + "]"));
  }

  @Test
  void recordsAreColumnsOfTheGivenSchema() {
    serve(
        "{\"id\":9007199254740993,\"price\":1234.50,\"at\":\"2024-02-29T12:00:00Z\","
            + "\"tags\":[\"a\",\"b\"],\"who\":{\"name\":\"Ö\"}}",
        "{\"id\":2,\"unknown\":1}");

    assertThat(
            read(
                    "id BIGINT NOT NULL, price DECIMAL(10,2), at TIMESTAMP, tags ARRAY<STRING>,"
                        + " who STRUCT<name: STRING>")
                .select("id", "price", "at", "tags", "who.name")
                .collectAsList()
                .stream()
                .map(row -> Arrays.asList(row.get(0), row.get(1), row.get(2), row.get(4))))
        .containsExactly(
            List.of(
                9007199254740993L,
                new BigDecimal("1234.50"),
                Timestamp.from(Instant.parse("2024-02-29T12:00:00Z")),
                "Ö"),
            Arrays.asList(2L, null, null, null));
  }

  @Test
  void aFieldOfAStructIsFoundHoweverFewOfItsSiblingsAreAskedFor() {
    serve("{\"who\":{\"id\":1,\"name\":\"n\",\"at\":[{\"x\":1,\"y\":2.5},{\"y\":3}]}}");
    Dataset<Row> read =
        read("who STRUCT<id: INT, name: STRING, at: ARRAY<STRUCT<x: INT, y: DOUBLE>>>");

    assertThat(read.select("who.name").collectAsList()).containsExactly(RowFactory.create("n"));
    assertThat(read.selectExpr("who.at.y[0]", "who.name").collectAsList())
        .containsExactly(RowFactory.create(2.5, "n"));
  }

  @Test
  void positionalArraysBecomeColumnsByTheirPlace() {
    serve(
        "[\"4b1814\", \"SWR1 \", [1,[2]], {\"x\": [3]}, 47.45, true, \"beyond\", {\"y\": []}]",
        "[\"3c6444\", null]",
        "[]",
        "{\"latitude\": 1.5, \"icao24\": \"named\"}");
    Dataset<Row> states =
        read(
            "icao24 STRING, callsign STRING, a STRING, o STRUCT<x: ARRAY<INT>>, latitude DOUBLE,"
                + " ground BOOLEAN");

    assertThat(
            states
                .select("icao24", "callsign", "a", "o.x", "latitude", "ground")
                .toJSON()
                .collectAsList())
        .containsExactly(
            "{\"icao24\":\"4b1814\",\"callsign\":\"SWR1 \",\"a\":\"[1,[2]]\",\"x\":[3],"
                + "\"latitude\":47.45,\"ground\":true}",
            "{\"icao24\":\"3c6444\"}",
            "{}",
            "{\"icao24\":\"named\",\"latitude\":1.5}");
    assertThat(states.select("latitude").collectAsList())
        .containsExactly(
            RowFactory.create(47.45),
            RowFactory.create((Object) null),
            RowFactory.create((Object) null),
            RowFactory.create(1.5));
  }

  @Test
  void aValueOfAnotherTypeAtItsPlaceIsNullAndTheRecordCorrupt() {
    serve("[\"x\", {\"deep\": [1]}, \"z\"]", "[1, 2, \"z\"]");

    assertThat(read("a INT, b INT, c STRING, _corrupt_record STRING").collectAsList())
        .containsExactly(
            RowFactory.create(null, null, "z", "[\"x\", {\"deep\": [1]}, \"z\"]"),
            RowFactory.create(1, 2, "z", null));
  }

  @Test
  void columnsOfTheInputStandBeforeThoseOfTheRecordOrAreLeftOut() {
    api.serve(Endpoint.at("/{tenant}").feedNamedBy("tenant"));
    api.feed("a").append("{\"x\":1}");
    api.feed("b").append("{\"x\":2}");
    String inputs = "[{\"tenant\":\"a\",\"n\":1},{\"tenant\":\"b\",\"n\":2}]";

    assertThat(
            read("x INT", "url", api.url("/{tenant}"), "inputData", inputs)
                .orderBy("x")
                .collectAsList())
        .containsExactly(RowFactory.create("a", 1L, 1), RowFactory.create("b", 2L, 2));
    Dataset<Row> without =
        read(
            "x INT, tenant STRING",
            "url",
            api.url("/{tenant}"),
            "inputData",
            inputs,
            "includeInputsInOutput",
            "N");
    assertThat(without.orderBy("x").collectAsList())
        .containsExactly(RowFactory.create(1, null), RowFactory.create(2, null));
    assertThat(
            LocalSpark.batch(
                    Map.of(
                        "url",
                        api.url("/{tenant}"),
                        "inputData",
                        inputs,
                        "includeInputsInOutput",
                        "false"))
                .columns())
        .containsExactly("output");
  }

  @Test
  void aViewInSqlHasTheColumnsThatItsStatementSays() {
    serve("{\"id\":1,\"name\":\"x\"}", "{\"id\":2,\"name\":\"y\"}");
    LocalSpark.session()
        .sql(
            "CREATE OR REPLACE TEMPORARY VIEW items (id BIGINT, name STRING) USING rest OPTIONS"
                + " (url '%s', mode 'FAILFAST')".formatted(api.url("/all")));

    assertThat(LocalSpark.session().sql("SELECT name FROM items WHERE id = 2").collectAsList())
        .containsExactly(RowFactory.create("y"));
  }

  @Test
  void metadataColumnsTellWhereARecordCameFrom() {
    api.serve(Endpoint.at("/paged").pageSize(2).data("items").nextUrl("next", Tail.NULL));
    api.feed().append("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    String[] options = {
      "url", api.url("/paged?k={k}"),
      "dataField", "items",
      "pagination", "nextUrl",
      "apiKey", "hidden-key",
      "apiKeyIn", "query",
      "authType", "ApiKey",
      "apiKeyName", "secret",
      "inputData", "[{\"k\":7}]"
    };
    Dataset<Row> read = read("id INT", options);
    assertThat(read.columns()).containsExactly("k", "id");

    List<Row> rows =
        read.select("id", "_rest_page", "_rest_status", "_rest_input", "_rest_offset", "_rest_url")
            .collectAsList();

    assertThat(rows).extracting(row -> row.getLong(1)).containsExactly(0L, 0L, 1L);
    assertThat(rows).allMatch(row -> row.getInt(2) == 200);
    assertThat(rows).allMatch(row -> row.getString(3).equals("{\"k\":7}"));
    assertThat(rows).allMatch(row -> row.getString(4).equals("0"));
    assertThat(rows)
        .allMatch(row -> row.getString(5).startsWith(api.url("/paged")))
        .noneMatch(row -> row.getString(5).contains("hidden-key"));
    assertThat(
            read.filter(col("_rest_fetched_at").gt(Timestamp.from(Instant.EPOCH)))
                .select("id")
                .count())
        .isEqualTo(3);
    assertThat(read("id INT", withAll(options)).columns())
        .containsExactly(
            "k",
            "id",
            "_rest_url",
            "_rest_status",
            "_rest_fetched_at",
            "_rest_page",
            "_rest_offset",
            "_rest_input");
    assertThat(read("id INT", withAll(options)).select("_rest_page").collectAsList())
        .containsExactly(RowFactory.create(0L), RowFactory.create(0L), RowFactory.create(1L));
  }

  private static String[] withAll(String[] options) {
    String[] more = Arrays.copyOf(options, options.length + 2);
    more[options.length] = "metadataColumns";
    more[options.length + 1] = "all";
    return more;
  }

  @Test
  void aLimitStopsPaging() {
    api.serve(Endpoint.at("/all").pageSize(10).data("items").nextUrl("next", Tail.NULL));
    api.feed().appendEvents(100);
    Dataset<Row> read = read("id INT", "dataField", "items", "pagination", "nextUrl");

    assertThat(read.limit(15).collectAsList()).hasSize(15);

    assertThat(api.requests()).hasSize(2);
  }

  @Test
  void aLimitCountsRowsAndNotRecords() {
    serve("{\"id\":\"x\"}", "{\"id\":1}", "{\"id\":\"y\"}", "{\"id\":2}", "{\"id\":3}");

    assertThat(read("id INT", "mode", "DROPMALFORMED").limit(2).collectAsList())
        .containsExactly(RowFactory.create(1), RowFactory.create(2));
  }

  @Test
  void whatAQueryDoesNotUseIsNotDecoded() {
    serve("{\"id\":1,\"at\":\"2023-02-29\"}");
    Dataset<Row> read = read("id INT, at DATE");
    // Spark stops at a date that Spark 2 read otherwise, in whatever mode.
    LocalSpark.session().conf().set("spark.sql.legacy.timeParserPolicy", "EXCEPTION");
    try {
      assertThat(read.select("id").collectAsList()).containsExactly(RowFactory.create(1));
      assertThat(read.count()).isOne();
      assertThat(catchThrowable(() -> read.select("at").collectAsList()))
          .hasStackTraceContaining("2023-02-29");
    } finally {
      LocalSpark.session().conf().unset("spark.sql.legacy.timeParserPolicy");
    }
  }

  @Test
  void aVariantIsTheRecordsFieldWhereSparkHasThatType() {
    serve("{\"id\":1,\"v\":{\"a\":[1,{\"b\":9007199254740993}]}}", "{\"id\":2}");
    String schema = "id INT, v VARIANT";
    if (LocalSpark.session().version().startsWith("3.")) {
      assertThatThrownBy(() -> read(schema)).hasMessageContaining("VARIANT");
      return;
    }

    assertThat(
            read(schema)
                .selectExpr("id", "variant_get(v, '$.a[1].b', 'bigint')", "to_json(v)")
                .collectAsList())
        .containsExactly(
            RowFactory.create(1, 9007199254740993L, "{\"a\":[1,{\"b\":9007199254740993}]}"),
            RowFactory.create(2, null, null));
  }

  @Test
  void inferSchemaAsksOnceForASampleAndNeverAgain() {
    api.serve(Endpoint.at("/all").pageSize(2).data("items").nextUrl("next", Tail.NULL));
    api.feed()
        .append("{\"id\":1,\"big\":9007199254740993}", "{\"id\":2}", "{\"id\":3,\"late\":[1.5]}");
    Map<String, String> options =
        Map.of(
            "url", api.url("/all"),
            "dataField", "items",
            "pagination", "nextUrl",
            "inferSchema", "true");

    Dataset<Row> read = LocalSpark.batch(options);

    assertThat(read.schema().simpleString())
        .isEqualTo("struct<big:bigint,id:bigint,late:array<double>>");
    assertThat(api.requests()).hasSize(2);
    read.explain(true);
    assertThat(api.requests()).hasSize(2);
    assertThat(read.select("id", "big").collectAsList())
        .containsExactly(
            RowFactory.create(1L, 9007199254740993L),
            RowFactory.create(2L, null),
            RowFactory.create(3L, null));
    assertThat(api.requests()).hasSize(4);
  }

  @Test
  void aSampleEndsAfterTenPages() {
    api.serve(Endpoint.at("/all").pageSize(1).data("items").nextUrl("next", Tail.NULL));
    api.feed().appendEvents(50);

    LocalSpark.batch(
        Map.of(
            "url", api.url("/all"),
            "dataField", "items",
            "pagination", "nextUrl",
            "inferSchema", "true"));

    assertThat(api.requests()).hasSize(10);
  }

  @Test
  void aRetryIsWaitedForWhileASampleIsTaken() {
    serve("{\"id\":1}");
    api.fault(Fault.tooManyRequests("0.2"));

    assertThat(LocalSpark.batch(Map.of("url", api.url("/all"), "inferSchema", "true")).columns())
        .containsExactly("id");
  }
}
