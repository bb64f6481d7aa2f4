package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import py4j.Gateway;
import py4j.Protocol;
import py4j.ReturnObject;

/**
 * What PySpark does: it hands options over as text, and finds methods of the JVM by Py4J's gateway,
 * for arguments such as a dict becomes.
 */
@Timeout(300)
class PythonIT {
  private final FakeApi api = FakeApi.start();
  private final SparkSession spark = LocalSpark.session();

  @BeforeEach
  void serve() {
    api.serve("/users", request -> Answer.json("[{\"n\":" + request.param("id") + "}]"));
    spark.range(3).createOrReplaceTempView("ids");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static Object invoke(String method, Object... arguments) {
    Gateway gateway = new Gateway(null);
    gateway.startup();
    ReturnObject returned =
        gateway.invoke(
            method, Protocol.STATIC_PREFIX + RestApi.class.getName(), List.of(arguments));
    return returned.isVoid() ? "nothing" : gateway.getObject(returned.getName());
  }

  /** {@code rest_api_call(input_df, url=..., maxRetries=2, conditionalRequests=False)}. */
  @Test
  @SuppressWarnings("unchecked")
  void aCallForEachRowTakesWhatADictBecomes() {
    Map<String, Object> dict = new HashMap<>();
    dict.put("url", api.url("/users{?id}"));
    dict.put("maxRetries", 2);
    dict.put("conditionalRequests", false);

    Dataset<Row> answers = (Dataset<Row>) invoke("call", spark.table("ids"), dict);

    assertThat(answers.select("output").as(Encoders.STRING()).collectAsList())
        .containsExactly("[{\"n\":0}]", "[{\"n\":1}]", "[{\"n\":2}]");
  }

  @Test
  void aFunctionForSqlTakesWhatADictBecomes() {
    Map<String, Object> dict = new HashMap<>();
    dict.put("url", api.url("/users{?id}"));
    dict.put("requestsPerSecond", 1000.5);
    Object unused = invoke("register", spark, "rest_api_call", dict);

    assertThat(
            spark
                .sql("SELECT rest_api_call(struct(*)) AS output FROM ids")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly("[{\"n\":0}]", "[{\"n\":1}]", "[{\"n\":2}]");
  }

  @Test
  void textAloneIsEnoughForCallsInSql() {
    spark.sql(
        ("CREATE OR REPLACE TEMPORARY VIEW answered (n INT) USING rest OPTIONS (url '%s', input"
                + " 'ids', onError 'null', callStrictlyOnce 'Y', partitions '2', metadataColumns"
                + " '_rest_status')")
            .formatted(api.url("/users{?id}")));

    assertThat(spark.sql("SELECT * FROM answered WHERE n > 0").collectAsList())
        .containsExactly(RowFactory.create(1L, 1, null, 200), RowFactory.create(2L, 2, null, 200));
    assertThat(spark.sql("SELECT sum(n) FROM answered").first().getLong(0)).isEqualTo(3);
    assertThat(api.requests()).hasSize(3);
  }
}
