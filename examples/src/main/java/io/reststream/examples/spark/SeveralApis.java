package io.reststream.examples.spark;

import static org.apache.spark.sql.functions.lit;

import io.reststream.examples.ExampleApi;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads several APIs in one query; each keeps its own position. */
public final class SeveralApis {
  private SeveralApis() {}

  /** The events of two APIs, and which one each came from. */
  public static Dataset<Row> stream(SparkSession spark, String orders, String refunds) {
    return TimestampPolling.stream(spark, orders)
        .withColumn("api", lit("orders"))
        .unionByName(IncrementalId.stream(spark, refunds).withColumn("api", lit("refunds")));
  }

  /** Prints the events of two APIs that grow, until it is stopped. */
  public static void main(String[] args) throws Exception {
    try (ExampleApi orders = ExampleApi.growing();
        ExampleApi refunds = ExampleApi.growing()) {
      stream(LocalSpark.session(), orders.url(), refunds.url())
          .writeStream()
          .format("console")
          .option("truncate", false)
          .start()
          .awaitTermination();
    }
  }
}
