package io.reststream.spark.stream;

import org.apache.spark.sql.connector.read.streaming.CompositeReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReadAllAvailable;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReadMaxRows;

/** What Spark's read limits mean in records. */
final class ReadLimits {
  private ReadLimits() {}

  /** The most records that a limit allows; as many as usual if it does not speak of records. */
  static long records(ReadLimit limit, long usual) {
    if (limit instanceof ReadAllAvailable) {
      return Long.MAX_VALUE;
    }
    if (limit instanceof ReadMaxRows rows) {
      return rows.maxRows();
    }
    if (limit instanceof CompositeReadLimit several) {
      long least = Long.MAX_VALUE;
      for (ReadLimit one : several.getReadLimits()) {
        least = Math.min(least, records(one, usual));
      }
      return least;
    }
    return usual;
  }
}
