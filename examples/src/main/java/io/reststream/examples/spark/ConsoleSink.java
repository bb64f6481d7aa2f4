package io.reststream.examples.spark;

import io.reststream.examples.ExampleApi;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/** Prints each batch, to see what comes. */
public final class ConsoleSink {
  private ConsoleSink() {}

  /** Starts the query. */
  public static StreamingQuery start(SparkSession spark, String api) throws TimeoutException {
    return TimestampPolling.stream(spark, api)
        .writeStream()
        .format("console")
        .option("truncate", "false")
        .start();
  }

  /** Prints the events of an API that grows, until it is stopped. */
  public static void main(String[] args) throws Exception {
    try (ExampleApi api = ExampleApi.growing()) {
      start(LocalSpark.session(), api.url()).awaitTermination();
    }
  }
}
