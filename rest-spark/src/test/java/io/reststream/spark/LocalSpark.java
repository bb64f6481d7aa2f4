package io.reststream.spark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/** The one Spark session of all tests, and what they do with it again and again. */
public final class LocalSpark {
  static final Duration LIMIT = Duration.ofSeconds(100);

  private static final SparkSession SESSION =
      SparkSession.builder()
          .master("local[2]")
          .appName("rest-spark tests")
          .config("spark.ui.enabled", false)
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.sql.shuffle.partitions", 1)
          .config("spark.sql.session.timeZone", "UTC")
          .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
          .getOrCreate();

  private LocalSpark() {}

  public static SparkSession session() {
    return SESSION;
  }

  static Dataset<Row> stream(Map<String, String> options) {
    return SESSION.readStream().format("rest").options(options).load();
  }

  static Dataset<Row> batch(Map<String, String> options) {
    return SESSION.read().format("rest").options(options).load();
  }

  /** A query's writer into parquet files under a directory, with its checkpoint there. */
  static DataStreamWriter<Row> toParquet(Dataset<Row> stream, Path directory) {
    return stream
        .writeStream()
        .format("parquet")
        .option("path", directory.resolve("out").toString())
        .option("checkpointLocation", directory.resolve("checkpoint").toString());
  }

  /** Reads all that is there into parquet files, and waits for the end. */
  static void drainToParquet(Map<String, String> options, Path directory)
      throws StreamingQueryException, TimeoutException {
    finish(toParquet(stream(options), directory).trigger(Trigger.AvailableNow()).start());
  }

  /** Waits until a query has ended by itself. */
  static void finish(StreamingQuery query) throws StreamingQueryException, TimeoutException {
    if (!query.awaitTermination(LIMIT.toMillis())) {
      query.stop();
      throw new AssertionError("The query has not ended within " + LIMIT);
    }
  }

  /** The records in the parquet files under a directory, in no order. */
  static List<String> outputs(Path directory) {
    return SESSION
        .read()
        .parquet(directory.resolve("out").toString())
        .select("output")
        .as(Encoders.STRING())
        .collectAsList();
  }
}
