package io.reststream.examples.spark;

import io.reststream.examples.ExampleApi;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/** Writes one stream to two sinks: two queries, each with its own position in the API. */
public final class SeveralSinks {
  private SeveralSinks() {}

  /** Starts the queries; files and checkpoints go below a directory. */
  public static List<StreamingQuery> start(SparkSession spark, String api, String directory)
      throws TimeoutException {
    Dataset<Row> important = ParseEvents.important(spark, api);
    StreamingQuery files =
        important
            .writeStream()
            .outputMode("append")
            .format("parquet")
            .option("path", directory + "/output/important")
            .option("checkpointLocation", directory + "/checkpoint/important")
            .start();
    StreamingQuery console = important.writeStream().outputMode("append").format("console").start();
    return List.of(files, console);
  }

  /** Writes and prints the events of an API that grows, until it is stopped. */
  public static void main(String[] args) throws Exception {
    try (ExampleApi api = ExampleApi.growing()) {
      SparkSession spark = LocalSpark.session();
      String directory = Files.createTempDirectory("several-sinks").toString();
      var unused = start(spark, api.url(), directory);
      spark.streams().awaitAnyTermination();
    }
  }
}
