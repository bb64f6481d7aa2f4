package io.reststream.spark.setup;

import io.reststream.core.setup.Setup;
import io.reststream.core.setup.SupportedEngine;
import org.apache.spark.package$;

/** The Spark that this runs on. */
public final class SparkSetup {
  private static final SupportedEngine SPARK =
      new SupportedEngine(
          "Spark", 3, 5, "3.5 with Scala 2.12 or 2.13 and 4.0 to 4.2 with Scala 2.13");

  private SparkSetup() {}

  /**
   * Refuses a Spark that is too old, and jars of ours of different versions.
   *
   * @throws io.reststream.core.RestException naming what is there and what is supported
   */
  public static void check() {
    Setup.check(SPARK, package$.MODULE$.SPARK_VERSION());
  }
}
