package io.reststream.spark.call;

import io.reststream.core.Alarm;
import io.reststream.core.Calls;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** The calls of one task, which end with it. */
final class TaskCalls {
  private TaskCalls() {}

  /**
   * Opens the calls of the task that runs, or of nobody outside of a task.
   *
   * @param cores how many tasks the cluster runs at a time, as far as it is known
   */
  static Calls open(RestConfig config, Calls.Form form, int cores) {
    @Nullable TaskContext task = TaskContext.get();
    int parts = task == null ? 1 : Math.max(1, Math.min(task.numPartitions(), cores));
    Calls calls = new Calls(config, form, RestPoller.open(config), Alarm.system(), parts);
    if (task != null) {
      TaskCompletionListener closing = ended -> calls.close();
      TaskContext unused = task.addTaskCompletionListener(closing);
    }
    return calls;
  }
}
