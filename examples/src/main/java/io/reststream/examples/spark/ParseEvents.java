package io.reststream.examples.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import io.reststream.examples.ExampleApi;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Makes typed columns of the records with {@code from_json}, and keeps some of them. */
public final class ParseEvents {
  private ParseEvents() {}

  private static final StructType SCHEMA =
      StructType.fromDDL("id STRING, event_type STRING, timestamp LONG");

  /** The important events, typed. */
  public static Dataset<Row> important(SparkSession spark, String api) {
    return TimestampPolling.stream(spark, api)
        .select(from_json(col("output").cast("string"), SCHEMA).alias("event"))
        .select("event.*")
        .filter(col("event_type").equalTo("important"));
  }

  /** Prints the important events of an API that grows, until it is stopped. */
  public static void main(String[] args) throws Exception {
    try (ExampleApi api = ExampleApi.growing()) {
      important(LocalSpark.session(), api.url())
          .writeStream()
          .format("console")
          .start()
          .awaitTermination();
    }
  }
}
