package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.NearlyJsonOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that are nearly JSON, with Spark's own options for them. */
@Timeout(300)
class NearlyJsonIT {
  private static final List<String> LINES =
      List.of(
          "{id: 9007199254740993, 'name': 'it\"s', v: NaN}",
          "{\"id\": 007, /* no name */ \"v\": -Infinity, d: 0012345678901234567890.10}",
          "{\"name\": \"tab\there \\d\", v: +INF, \"d\": 1.50} // the last");

  private final FakeApi api = FakeApi.start();
  private final Map<String, String> options = new HashMap<>();

  NearlyJsonIT() {
    options.put("url", api.url("/all"));
    options.put("maxRetries", "0");
    options.putAll(NearlyJsonOptions.ALL);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void serve(String body) {
    api.serve("/all", request -> Answer.json(body));
  }

  private static String array(List<String> lines) {
    return "[\n" + String.join("\n,", lines) + "\n]";
  }

  private Dataset<Row> typed(String schema) {
    return LocalSpark.session().read().format("rest").schema(schema).options(options).load();
  }

  private static Dataset<Row> sparks(String schema) {
    Dataset<String> lines = LocalSpark.session().createDataset(LINES, Encoders.STRING());
    return LocalSpark.session().read().schema(schema).options(NearlyJsonOptions.ALL).json(lines);
  }

  @Test
  void typedRowsAreThoseOfSparksOwnReader() {
    String schema = "id BIGINT, name STRING, v DOUBLE, d DECIMAL(38,2)";
    List<Row> expected = sparks(schema).collectAsList();
    assertThat(expected.get(0))
        .isEqualTo(RowFactory.create(9007199254740993L, "it\"s", Double.NaN, null));

    serve(array(LINES));
    assertThat(typed(schema).collectAsList()).isEqualTo(expected);
    options.put("responseFormat", "ndjson");
    serve(String.join("\n", LINES));
    assertThat(typed(schema).collectAsList()).isEqualTo(expected);
  }

  @Test
  void recordsWithoutASchemaAreJson() {
    serve(array(LINES));

    assertThat(LocalSpark.batch(options).as(Encoders.STRING()).collectAsList())
        .containsExactly(
            "{\"id\": 9007199254740993, \"name\": \"it\\\"s\", \"v\": \"NaN\"}",
            "{\"id\": 7,   \"v\": \"-Infinity\", \"d\": 12345678901234567890.10}",
            "{\"name\": \"tab\\there d\", \"v\": \"Infinity\", \"d\": 1.50}");
  }

  @Test
  void columnsAreFoundAsSparkFindsThem() {
    Dataset<String> lines = LocalSpark.session().createDataset(LINES, Encoders.STRING());
    StructType expected =
        LocalSpark.session().read().options(NearlyJsonOptions.ALL).json(lines).schema();
    options.put("inferSchema", "true");
    serve(array(LINES));

    Dataset<Row> inferred = LocalSpark.batch(options);

    assertThat(inferred.schema()).isEqualTo(expected);
    assertThat(inferred.select("v").collectAsList())
        .containsExactly(
            RowFactory.create(Double.NaN),
            RowFactory.create(Double.NEGATIVE_INFINITY),
            RowFactory.create(Double.POSITIVE_INFINITY));
  }

  @Test
  void nonNumericNumbersInQuotesAreReadUnlessThatIsRefused() {
    String key = "allowNonNumericNumbers";
    Row number = RowFactory.create(Double.NaN);
    options.remove(key);
    serve("[{\"v\":\"NaN\"}]");
    assertThat(typed("v DOUBLE").collectAsList()).containsExactly(number);
    options.put(key, "true");
    assertThat(typed("v DOUBLE").collectAsList()).containsExactly(number);
    options.put(key, "false");
    assertThat(typed("v DOUBLE").collectAsList()).containsExactly(RowFactory.create((Object) null));

    serve("[{\"v\":NaN}]");
    assertThatThrownBy(() -> typed("v DOUBLE").collectAsList())
        .hasStackTraceContaining(
            "is not JSON; it begins with '[{\"v\":NaN}]'; to read it, set 'allowNonNumericNumbers'"
                + " to 'true'");
  }

  /** Spark writes the number that it has read, ours is a text already. */
  @Test
  void aColumnOfTextHoldsTheNumbersName() {
    String schema = "v STRING";
    serve(array(LINES));

    assertThat(typed(schema).as(Encoders.STRING()).collectAsList())
        .containsExactly("NaN", "-Infinity", "Infinity");
    assertThat(sparks(schema).as(Encoders.STRING()).collectAsList().get(0)).isEqualTo("\"NaN\"");
  }

  @Test
  void theAnswerOfACallIsRead() {
    serve("{'id': 01, v: Infinity, /* no text */ t: null}");
    options.put("url", api.url("/all{?n}"));
    Dataset<Row> inputs = LocalSpark.session().range(2).toDF("n");

    assertThat(RestApi.call(inputs, options).select("output").as(Encoders.STRING()).collectAsList())
        .hasSize(2)
        .containsOnly("{\"id\": 1, \"v\": \"Infinity\",   \"t\": null}");
    options.put("responseSchema", "id INT, v DOUBLE");
    assertThat(RestApi.call(inputs, options).select("output.*").collectAsList())
        .hasSize(2)
        .containsOnly(RowFactory.create(1, Double.POSITIVE_INFINITY));
    RestApi.register(
        LocalSpark.session(),
        "nearly_json",
        Map.of(
            "url",
            api.url("/all{?n}"),
            "allowSingleQuotes",
            "true",
            "allowUnquotedFieldNames",
            "true",
            "allowNumericLeadingZeros",
            "true",
            "allowComments",
            "true",
            "allowNonNumericNumbers",
            "true"));
    inputs.createOrReplaceTempView("nearly_json_inputs");
    assertThat(
            LocalSpark.session()
                .sql("SELECT nearly_json(struct(n)) FROM nearly_json_inputs")
                .as(Encoders.STRING())
                .collectAsList())
        .containsOnly("{\"id\": 1, \"v\": \"Infinity\",   \"t\": null}");
  }
}
