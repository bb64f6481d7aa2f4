package io.reststream.spark.kill;

/** A moment in the life of a query at which its process is killed. */
enum Moment {
  /** A request is open at the API. */
  FETCH(60),
  /** A segment of the page log is there, but not whole, or not yet offered to Spark. */
  APPEND(30),
  /** Segments are durable; the offset of the batch that reads them is about to be logged. */
  APPENDED(8),
  /** A task is in the middle of its records. */
  TASK(150),
  /** The sink is about to enter the batch into its own log, or has just done so. */
  SINK(16),
  /** The sink has the batch: its offset is logged, its commit about to be. */
  UNCOMMITTED(8),
  /** The commit is logged; the next batch is not planned. */
  COMMITTED(8),
  /** The query was started again, and has not yet committed a batch since. */
  RECOVERY(16),
  /** Whatever it is just doing: nothing holds it there. */
  ANYWHERE(0);

  private final int most;

  Moment(int most) {
    this.most = most;
  }

  /** How many times at most such a moment passes before the one at which the process is killed. */
  int most() {
    return most;
  }
}
