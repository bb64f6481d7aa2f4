package io.reststream.examples.spark;

import io.reststream.examples.ExampleApi;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Goes on from the cursor that the API hands out. */
public final class CursorPagination {
  private CursorPagination() {}

  /** The events, as they come. */
  public static Dataset<Row> stream(SparkSession spark, String api) {
    return spark
        .readStream()
        .format("rest")
        .option("url", api + "/data?cursor={next_cursor}")
        .option("method", "GET")
        .option("streaming", "true")
        .option("inputData", "[{\"dummy\": \"value\"}]")
        .option("streamingInterval", "1")
        .option("offsetType", "cursor")
        .option("offsetField", "next_cursor")
        .option("initialOffset", "start")
        .option("dataField", "results")
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
