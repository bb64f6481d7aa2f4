package io.reststream.spark.call;

import io.reststream.core.Alarm;
import io.reststream.core.Calls;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.spark.read.JobLimits;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** The calls of one task, which end with it. */
final class TaskCalls {
  private TaskCalls() {}

  /** Opens the calls of the task that runs, or of nobody outside of a task. */
  static Calls open(RestConfig config, Calls.Form form) {
    @Nullable TaskContext task = TaskContext.get();
    int parts = JobLimits.parts(config);
    Calls calls = new Calls(config, form, RestPoller.openShared(config), Alarm.system(), parts);
    if (task != null) {
      TaskCompletionListener closing = ended -> calls.close();
      TaskContext unused = task.addTaskCompletionListener(closing);
    }
    return calls;
  }
}
