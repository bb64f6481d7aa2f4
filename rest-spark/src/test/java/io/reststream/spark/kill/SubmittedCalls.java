package io.reststream.spark.kill;

import io.reststream.spark.RestApi;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** What users submit: a call for each row of a dataset, once all executors are there. */
public final class SubmittedCalls {
  static final int ROWS = 24;
  static final int PER_SECOND = 4;

  private SubmittedCalls() {}

  /** Takes the API's address, a directory and the number of executors. */
  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder()
            .appName("submitted calls")
            .config("spark.cores.max", args[2])
            .config("spark.scheduler.minRegisteredResourcesRatio", "1")
            .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "120s")
            .getOrCreate();
    RestApi.call(
            spark.range(0, ROWS, 1, ROWS / 2).toDF(),
            Map.of(
                "url",
                args[0] + "/calls{?id}",
                "requestsPerSecond",
                String.valueOf(PER_SECOND),
                "maxConcurrentRequests",
                args[2]))
        .write()
        .parquet(args[1]);
    spark.stop();
  }
}
