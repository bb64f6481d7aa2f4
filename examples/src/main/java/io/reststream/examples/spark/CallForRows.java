package io.reststream.examples.spark;

import io.reststream.examples.ExampleApi;
import io.reststream.spark.RestApi;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Asks an API once for each row of a dataset, many at a time. */
public final class CallForRows {
  private CallForRows() {}

  /** What the API says for each time, in the order of the rows. */
  public static Dataset<Row> call(Dataset<Row> times, String api) {
    return RestApi.call(
        times,
        Map.of(
            "url", api + "/events?since={since}",
            "responseSchema", "events ARRAY<STRUCT<id: BIGINT>>",
            "onError", "null"));
  }

  /** Shows how many events there were since three times. */
  public static void main(String[] args) throws Exception {
    try (ExampleApi api = ExampleApi.growing()) {
      SparkSession spark = LocalSpark.session();
      Dataset<Row> times = spark.range(0, 3).withColumnRenamed("id", "since");
      call(times, api.url()).selectExpr("since", "size(output.events)", "error").show(false);
    }
  }
}
