package io.reststream.spark.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;

/**
 * The process that is killed: one query that reads all {@link Source}s and writes parquet files.
 * Ends by itself when its parent does, and when it was told to drain.
 */
final class KilledQuery {
  private KilledQuery() {}

  /**
   * Takes the API's url, a directory, what stands before its path in the file system of the
   * checkpoint, and {@code drain} or {@code run}.
   */
  public static void main(String[] args) throws Exception {
    endWithParent();
    String api = args[0];
    Path directory = Path.of(args[1]);
    String files = args[2];
    boolean drain = args[3].equals("drain");
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("killed")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.warehouse.dir", directory.resolve("warehouse").toString());
    MomentFileSystem.settings().forEach(builder::config);
    SparkSession spark = builder.getOrCreate();
    try {
      stream(spark, api, drain ? 10_000 : 7)
          .writeStream()
          .format("parquet")
          .option("path", directory.resolve("out").toString())
          .option("checkpointLocation", files + directory.resolve("checkpoint"))
          .trigger(drain ? Trigger.AvailableNow() : Trigger.ProcessingTime(0))
          .start()
          .awaitTermination();
    } finally {
      spark.stop();
    }
  }

  /** All sources as one stream. */
  static Dataset<Row> stream(SparkSession spark, String api, int batchSize) {
    UDF1<String, String> passing =
        output -> {
          Moments.at(Moment.TASK);
          return output;
        };
    return Stream.of(Source.values())
        .map(
            source ->
                spark
                    .readStream()
                    .format("rest")
                    .options(source.options(api))
                    .option("batchSize", batchSize)
                    .load())
        .reduce(Dataset::union)
        .orElseThrow()
        .withColumn(
            "output", functions.udf(passing, DataTypes.StringType).apply(functions.col("output")));
  }

  /** The parent holds the other end of the standard input; what it writes means: go on. */
  private static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  Moments.goOn();
                }
              } catch (IOException e) {
                e.printStackTrace();
              }
              Runtime.getRuntime().halt(3);
            },
            "ends with the parent");
    watch.setDaemon(true);
    watch.start();
  }
}
