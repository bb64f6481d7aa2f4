package io.reststream.spark.kill;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/** What users submit: one query that reads all {@link Source}s into parquet files, for ever. */
public final class SubmittedQuery {
  private SubmittedQuery() {}

  /** Takes the API's address and a directory. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[1]);
    SparkSession spark = SparkSession.builder().appName("submitted").getOrCreate();
    KilledQuery.stream(spark, args[0], 50)
        .writeStream()
        .format("parquet")
        .option("path", directory.resolve("out").toString())
        .option("checkpointLocation", directory.resolve("checkpoint").toUri().toString())
        .trigger(Trigger.ProcessingTime(0))
        .start()
        .awaitTermination();
  }
}
