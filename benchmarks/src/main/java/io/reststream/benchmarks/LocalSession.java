package io.reststream.benchmarks;

import org.apache.spark.sql.SparkSession;

/** Spark in this process, with two tasks at a time. */
final class LocalSession {
  private LocalSession() {}

  static SparkSession open() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", false)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate();
  }
}
