package io.reststream.spark.decode;

/** What becomes of a record that the schema cannot hold; the names are Spark's. */
public enum ParseMode {
  /** What cannot be held is null, and the whole record stands in the corrupt record's column. */
  PERMISSIVE,
  /** The record gives no row. */
  DROPMALFORMED,
  /** The query fails. */
  FAILFAST
}
