package io.reststream.flink.table;

import io.reststream.core.RestConfig;
import io.reststream.core.config.RestOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.ExecutionConfigOptions;

/**
 * What the session says of lookup joins. A LOOKUP hint of a query that says otherwise is not known
 * to a table.
 *
 * @param parallelism how many tasks may ask at a time
 * @param timeout after which time Flink fails the job for a row that has no answer
 * @param rows how many rows a task lets wait for their answers
 */
record LookupTimes(int parallelism, Duration timeout, int rows) implements Serializable {

  static LookupTimes of(ReadableConfig session) {
    return new LookupTimes(
        parallelism(session),
        session.get(ExecutionConfigOptions.TABLE_EXEC_ASYNC_LOOKUP_TIMEOUT),
        session.get(ExecutionConfigOptions.TABLE_EXEC_ASYNC_LOOKUP_BUFFER_CAPACITY));
  }

  /** That of the job's operators; the one that joins does not tell its functions of how many. */
  private static int parallelism(ReadableConfig session) {
    int own = session.get(ExecutionConfigOptions.TABLE_EXEC_RESOURCE_DEFAULT_PARALLELISM);
    return Math.max(1, own > 0 ? own : session.get(CoreOptions.DEFAULT_PARALLELISM));
  }

  /** How long a call may take, so that its failure comes before Flink's. */
  Duration patience() {
    return timeout.multipliedBy(9).dividedBy(10);
  }

  /**
   * Refuses a rate at which the rows that wait cannot all be asked for in time: such a job would
   * fail, and fail again, though nothing is wrong with the API.
   */
  void check(RestConfig config, String table) {
    Optional<Double> rate = config.find(RestOptions.REQUESTS_PER_SECOND);
    if (rate.isEmpty()) {
      return;
    }
    double seconds = rows / (rate.get() / parallelism);
    if (seconds > patience().toMillis() / 1000.0) {
      throw new ValidationException(
          "Option 'requests-per-second' of the table %s is %s, shared by %d tasks, so that the %d rows that wait in each ('table.exec.async-lookup.buffer-capacity') have their answers after %d s, but Flink fails the job after %d s ('table.exec.async-lookup.timeout'). Raise the time-out, or lower the capacity or the parallelism."
              .formatted(
                  table,
                  rate.get(),
                  parallelism,
                  rows,
                  (long) Math.ceil(seconds),
                  timeout.toSeconds()));
    }
  }
}
