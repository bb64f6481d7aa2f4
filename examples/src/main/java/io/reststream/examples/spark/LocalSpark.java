package io.reststream.examples.spark;

import org.apache.spark.sql.SparkSession;

/** A Spark session inside this JVM; {@code spark-submit} and notebooks bring their own. */
public final class LocalSpark {
  private LocalSpark() {}

  /** The session of this JVM, which ends with it. */
  public static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("reststream examples")
        .config("spark.ui.enabled", false)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.adaptive.enabled", false)
        .config("spark.sql.shuffle.partitions", 1)
        .getOrCreate();
  }
}
