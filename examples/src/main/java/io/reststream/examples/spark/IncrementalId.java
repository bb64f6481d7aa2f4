package io.reststream.examples.spark;

import io.reststream.examples.ExampleApi;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Asks for what follows the largest id. */
public final class IncrementalId {
  private IncrementalId() {}

  /** The events, as they come. */
  public static Dataset<Row> stream(SparkSession spark, String api) {
    return spark
        .readStream()
        .format("rest")
        .option("url", api + "/items?start_id={id}")
        .option("method", "GET")
        .option("streaming", "true")
        .option("inputData", "[{\"dummy\": \"value\"}]")
        .option("streamingInterval", "1")
        .option("offsetType", "incremental")
        .option("offsetField", "id")
        .option("initialOffset", "0")
        .load();
  }

  /** Prints the events of an API that grows, until it is stopped. */
  public static void main(String[] args) throws Exception {
    try (ExampleApi api = ExampleApi.growing()) {
      stream(LocalSpark.session(), api.url())
          .writeStream()
          .format("console")
          .option("truncate", false)
          .start()
          .awaitTermination();
    }
  }
}
