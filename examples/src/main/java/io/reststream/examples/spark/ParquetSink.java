package io.reststream.examples.spark;

import io.reststream.examples.ExampleApi;
import java.nio.file.Files;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/** Writes parquet files; after a restart it goes on where its checkpoint says. */
public final class ParquetSink {
  private ParquetSink() {}

  /** Starts the query; its files and its checkpoint go below a directory. */
  public static StreamingQuery start(SparkSession spark, String api, String directory)
      throws TimeoutException {
    return TimestampPolling.stream(spark, api)
        .writeStream()
        .outputMode("append")
        .format("parquet")
        .option("path", directory + "/output/events")
        .option("checkpointLocation", directory + "/checkpoint/events")
        .start();
  }

  /** Writes the events of an API that grows, until it is stopped. */
  public static void main(String[] args) throws Exception {
    try (ExampleApi api = ExampleApi.growing()) {
      String directory = Files.createTempDirectory("parquet-sink").toString();
      System.out.println("Writing to " + directory);
      start(LocalSpark.session(), api.url(), directory).awaitTermination();
    }
  }
}
