package io.reststream.examples.demo;

import io.reststream.examples.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.jspecify.annotations.Nullable;

/** A Spark query; stopped and started, it goes on from its checkpoint. */
final class SparkEngine implements Engine {
  private final Map<String, String> options;
  private final Delivered delivered;
  private final Path checkpoint;
  private @Nullable StreamingQuery query;

  SparkEngine(Map<String, String> options, Delivered delivered) throws Exception {
    this.options = options;
    this.delivered = delivered;
    this.checkpoint = Files.createTempDirectory("demo-checkpoint");
  }

  @Override
  public void start() throws Exception {
    SparkSession spark = LocalSpark.session();
    query =
        spark
            .readStream()
            .format("rest")
            .options(options)
            .load()
            .writeStream()
            .option("checkpointLocation", checkpoint.toString())
            .foreachBatch((VoidFunction2<Dataset<Row>, Long>) this::deliver)
            .start();
  }

  private void deliver(Dataset<Row> batch, Long number) {
    delivered.put(number, batch.select("output").as(Encoders.STRING()).collectAsList());
  }

  @Override
  public void stop() throws Exception {
    if (query != null) {
      query.stop();
    }
  }

  @Override
  public void throwFailure() throws Exception {
    if (query != null && query.exception().isDefined()) {
      throw query.exception().get();
    }
  }

  @Override
  public void close() throws Exception {
    stop();
    Directories.delete(checkpoint);
  }
}
