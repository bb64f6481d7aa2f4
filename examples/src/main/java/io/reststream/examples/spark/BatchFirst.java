package io.reststream.examples.spark;

import io.reststream.examples.ExampleApi;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Looks at what an API answers before a stream is made of it: all that is there now, once. */
public final class BatchFirst {
  private BatchFirst() {}

  /** The events that are there now. */
  public static Dataset<Row> read(SparkSession spark, String api) {
    return spark
        .read()
        .format("rest")
        .option("url", api + "/events?since={timestamp}")
        .option("dataField", "events")
        .load();
  }

  /** Shows the events of an API. */
  public static void main(String[] args) throws Exception {
    try (ExampleApi api = ExampleApi.growing()) {
      read(LocalSpark.session(), api.url()).show(false);
    }
  }
}
