package io.reststream.examples.spark;

import io.reststream.examples.ExampleApi;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/** Keeps what came as a table in memory, for tests and notebooks. */
public final class MemorySink {
  private MemorySink() {}

  /** Starts the query; its rows are in the table {@code events_table}. */
  public static StreamingQuery start(SparkSession spark, String api) throws TimeoutException {
    return TimestampPolling.stream(spark, api)
        .writeStream()
        .format("memory")
        .queryName("events_table")
        .start();
  }

  /** Shows the events of an API. */
  public static void main(String[] args) throws Exception {
    try (ExampleApi api = ExampleApi.growing()) {
      SparkSession spark = LocalSpark.session();
      StreamingQuery query = start(spark, api.url());
      query.processAllAvailable();
      spark.table("events_table").show(false);
      query.stop();
    }
  }
}
