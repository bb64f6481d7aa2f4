package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.V1Scan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Options that a query adds to those of the table that it reads. */
@Timeout(300)
class QueryOptionsIT {
  private static final String TABLE = "optioned";
  private static final String IDS = "[{\"id\":12},{\"id\":13},{\"id\":14}]";
  private static final List<Row> FOUND =
      List.of(
          RowFactory.create(12L, "{\"n\":12,\"day\":\"03.02.2026\"}"),
          RowFactory.create(14L, "{\"n\":14,\"day\":\"03.02.2026\"}"));

  private final FakeApi api = FakeApi.start();
  private final SparkSession spark = LocalSpark.session();

  @BeforeEach
  void serve() {
    api.serve(
        "/users",
        request ->
            "13".equals(request.param("id"))
                ? Answer.status(404).body("nobody")
                : Answer.json(
                    "[{\"n\":%s,\"day\":\"03.02.2026\"}]".formatted(request.param("id"))));
    spark.sql("DROP TABLE IF EXISTS " + TABLE);
  }

  @AfterEach
  void close() {
    spark.sql("DROP TABLE IF EXISTS " + TABLE);
    api.close();
  }

  private void create(String columns, String... more) {
    StringBuilder options =
        new StringBuilder("url '%s', inputData '%s'".formatted(api.url("/users{?id}"), IDS));
    for (int i = 0; i < more.length; i += 2) {
      options.append(", ").append(more[i]).append(" '").append(more[i + 1]).append("'");
    }
    spark.sql("CREATE TABLE " + TABLE + " " + columns + " USING rest OPTIONS (" + options + ")");
  }

  private Dataset<Row> table(String... options) {
    // Spark 3.5 keeps the table with the options of the query that opened it.
    spark.catalog().refreshTable(TABLE);
    DataFrameReader reader = spark.read();
    for (int i = 0; i < options.length; i += 2) {
      reader.option(options[i], options[i + 1]);
    }
    return reader.table(TABLE);
  }

  private boolean isSpark3() {
    return spark.version().startsWith("3.");
  }

  @Test
  void aTableOfCallsTakesThem() {
    create("", "partitions", "2");

    assertThatThrownBy(() -> table().collectAsList()).hasStackTraceContaining("404: nobody");
    assertThat(table("onError", "skip").collectAsList()).isEqualTo(FOUND);
    assertThat(table("on_error", "skip").javaRDD().getNumPartitions()).isEqualTo(2);
    assertThatThrownBy(() -> table().collectAsList()).hasStackTraceContaining("404: nobody");
    assertThatThrownBy(() -> table("onError", "perhaps").collectAsList())
        .hasStackTraceContaining("Option 'onError' must be one of 'fail', 'null', 'skip', but was");
    assertThatThrownBy(() -> table("nonsense", "1").collectAsList())
        .hasStackTraceContaining("Option 'nonsense' is not known.");
    if (!isSpark3()) { // which has no such syntax, and refuses another value for an option
      assertThat(
              spark
                  .sql("SELECT * FROM optioned WITH (onError = 'skip', PARTITIONS = '3')")
                  .javaRDD()
                  .getNumPartitions())
          .isEqualTo(3);
    }
  }

  @Test
  void theyServeAllActionsOnADataFrame() {
    create("(id BIGINT, n BIGINT)", "partitions", "1");
    Dataset<Row> once = table("onError", "skip", "callStrictlyOnce", "Y");

    assertThat(once.count()).isEqualTo(2);
    assertThat(once.select("n").as(Encoders.LONG()).collectAsList()).containsExactly(12L, 14L);
    assertThat(once.where("id = 14").count()).isEqualTo(1);
    assertThat(api.requests()).hasSize(3);
  }

  @Test
  void aTableWithColumnsTakesThoseThatSayHowRecordsAreDecoded() {
    for (String more : List.of("partitions", "batchSize")) { // calls, and none
      api.serve("/users", request -> Answer.json("[{\"n\":\"x\",\"day\":\"03.02.2026\"}]"));
      spark.sql("DROP TABLE IF EXISTS " + TABLE);
      create("(id BIGINT, n BIGINT, day DATE)", more, "2");

      assertThat(table("dateFormat", "dd.MM.yyyy").selectExpr("day = DATE'2026-02-03'").first())
          .isEqualTo(RowFactory.create(true));
      assertThat(table("mode", "DROPMALFORMED", "dateFormat", "dd.MM.yyyy").count()).isZero();
    }
  }

  @Test
  void thoseThatWouldChangeTheColumnsAreRefused() {
    if (isSpark3()) {
      return; // there the columns are found for each query; see the test below
    }
    create("", "partitions", "2");

    assertThatThrownBy(() -> table("onerror", "null").collectAsList())
        .hasMessage(
            "Option 'onError'='null' must be left out of a query: it would change the columns, and"
                + " those of the table are fixed where it is made, (id, output). Set it there, or"
                + " in a read of its own.");
    assertThatThrownBy(
            () ->
                table("includeInputsInOutput", "N", "metadataColumns", "_rest_url").collectAsList())
        .hasMessageStartingWith(
            "Options 'includeInputsInOutput'='N', 'metadataColumns'='_rest_url' must be left out of"
                + " a query: they would change the columns,");
    assertThatThrownBy(() -> table("inputData", "[{\"id\":1,\"n\":2}]").collectAsList())
        .hasMessageStartingWith(
            "Option 'inputData'='[{\"id\":1,\"n\":2}]' must be left out of a query:");
    assertThatThrownBy(() -> table("inferSchema", "true").collectAsList())
        .hasMessageStartingWith("Option 'inferSchema'='true' must be left out of a query:");
    assertThatThrownBy(() -> table("mode", "FAILFAST").collectAsList())
        .hasMessageContaining("Option 'mode' must be left out where there is no schema");
    assertThat(table("inputData", "[{\"id\":14}]").collectAsList()).isEqualTo(FOUND.subList(1, 2));
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void aReadWithoutCallsRefusesThemToo() {
    if (isSpark3()) {
      return;
    }
    create("");

    assertThatThrownBy(() -> table("onError", "skip").collectAsList())
        .hasMessage(
            "Option 'onError'='skip' must be left out of a query: it makes a read one of calls, which the"
                + " table is not. Set it where the table is made, or in a read of its own.");
    assertThatThrownBy(() -> table("metadataColumns", "all").collectAsList())
        .hasMessageStartingWith("Option 'metadataColumns'='all' must be left out of a query:");
    assertThat(table("inputData", "[{\"id\":14}]").collectAsList()).isEqualTo(FOUND.subList(1, 2));
  }

  @Test
  void inSpark3TheColumnsOfATableAreThoseOfTheQuery() {
    if (!isSpark3()) {
      return;
    }
    create("", "partitions", "2");

    assertThat(table("onError", "null").columns()).containsExactly("id", "output", "error");
    assertThat(table("onError", "null").count()).isEqualTo(3);
    assertThat(table("onError", "skip", "includeInputsInOutput", "N").columns())
        .containsExactly("output");
    spark.sql("DROP TABLE " + TABLE);
    create("(id BIGINT, n BIGINT)", "partitions", "2");
    assertThatThrownBy(() -> table("onError", "null"))
        .hasStackTraceContaining("so it must have all:");
    assertThat(table("onError", "skip", "includeInputsInOutput", "N").collectAsList())
        .containsExactly(RowFactory.create(null, 12L), RowFactory.create(null, 14L));
    assertThatThrownBy(() -> table("partitions", "3"))
        .hasMessageContaining("duplicated key partitions with extra options");
  }

  @Test
  void theOwnOptionsOfAReadOnceMoreAreNoOthers() {
    Map<String, String> options =
        Map.of(
            "url", api.url("/users{?id}"),
            "inputData", "[{\"id\":1},{\"id\":2}]",
            "callStrictlyOnce", "Y",
            "header.X-Tenant", "a");
    StructType schema =
        new StructType().add("id", DataTypes.LongType).add("output", DataTypes.StringType);
    SupportsRead table =
        (SupportsRead) new RestTableProvider().getTable(schema, new Transform[0], options);
    Map<String, String> others = new HashMap<>();
    options.forEach((key, value) -> others.put(key.toUpperCase(Locale.ROOT), value));

    assertThat(count(table, Map.of())).isEqualTo(2);
    assertThat(count(table, options)).isEqualTo(2);
    assertThat(count(table, others)).isEqualTo(2);
    assertThat(api.requests()).hasSize(2);

    for (int i = 0; i < 2; i++) {
      assertThat(count(table, Map.of("inputData", "[{\"id\":1}]"))).isEqualTo(1);
      assertThat(api.requests()).hasSize(3);
    }
  }

  private long count(SupportsRead table, Map<String, String> options) {
    V1Scan scan = (V1Scan) table.newScanBuilder(new CaseInsensitiveStringMap(options)).build();
    return scan.toV1TableScan(spark.sqlContext()).buildScan().count();
  }
}
