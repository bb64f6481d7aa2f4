package io.reststream.spark.keep;

import org.apache.spark.SparkEnv;

/**
 * The processes that tasks run in. The bridge to who has block storage, which alone is known in a
 * task, too.
 */
public final class Executors {
  private Executors() {}

  /**
   * How many there are now, at least 1; where tasks run in the driver, that is the one. The driver
   * is asked.
   */
  public static int count() {
    int withDriver = SparkEnv.get().blockManager().master().getMemoryStatus().size();
    return Math.max(1, withDriver - 1);
  }
}
