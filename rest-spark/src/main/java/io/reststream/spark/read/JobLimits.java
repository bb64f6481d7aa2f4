package io.reststream.spark.read;

import io.reststream.core.RestConfig;
import io.reststream.core.config.RestOptions;
import io.reststream.spark.keep.Executors;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/** Who shares the limits of a job: its tasks in each executor, and the executors. */
public final class JobLimits {
  private JobLimits() {}

  /**
   * In how many processes there may be tasks of the stage that runs, each of which has an equal
   * part; 1 where nothing is limited, or outside of a task.
   */
  public static int parts(RestConfig config) {
    @Nullable TaskContext task = TaskContext.get();
    boolean limited =
        config.find(RestOptions.REQUESTS_PER_SECOND).isPresent()
            || config.find(RestOptions.MAX_CONCURRENT_REQUESTS).isPresent();
    // Asked for in the task, since executors come and go while a job runs.
    return task == null || !limited ? 1 : Math.min(task.numPartitions(), Executors.count());
  }
}
