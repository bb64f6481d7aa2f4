package io.reststream.spark;

import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Calls for 300 rows in two tasks that are tried up to four times, which only a Spark of its own
 * does, and reads what came of them once more, with tasks that fail at first.
 */
final class RetriedCalls {
  private RetriedCalls() {}

  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2,4]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .getOrCreate();
    spark.range(0, 300, 1, 2).createOrReplaceTempView("wanted");
    Dataset<Row> once =
        spark
            .read()
            .format("rest")
            .schema("n BIGINT")
            .option("url", args[0])
            .option("input", "wanted")
            .option("callStrictlyOnce", "Y")
            .load();
    System.out.println("sum " + sum(once));
    System.out.println("sum " + sum(once));
    spark.stop();
  }

  private static long sum(Dataset<Row> rows) {
    MapFunction<Row, Long> failing =
        row -> {
          if (TaskContext.get().attemptNumber() == 0) {
            throw new IllegalStateException("made to fail");
          }
          return row.getAs("n");
        };
    return rows.map(failing, Encoders.LONG()).collectAsList().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
