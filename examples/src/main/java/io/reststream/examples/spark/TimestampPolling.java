package io.reststream.examples.spark;

import io.reststream.examples.ExampleApi;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Polls by time: event logs, audit trails, change feeds. */
public final class TimestampPolling {
  private TimestampPolling() {}

  /** The events, as they come. */
  public static Dataset<Row> stream(SparkSession spark, String api) {
    return spark
        .readStream()
        .format("rest")
        .option("url", api + "/events?since={timestamp}")
        .option("method", "GET")
        .option("streaming", "true")
        .option("inputData", "[{\"dummy\": \"value\"}]")
        .option("streamingInterval", "1")
        .option("offsetType", "timestamp")
        .option("offsetField", "timestamp")
        .option("initialOffset", "0")
        .option("dataField", "events")
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
