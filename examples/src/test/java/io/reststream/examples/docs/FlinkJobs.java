package io.reststream.examples.docs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The jobs that are made meanwhile by {@code getExecutionEnvironment()}, so that they can end. */
final class FlinkJobs extends StreamExecutionEnvironment implements JobListener, AutoCloseable {
  private static final long LIMIT_SECONDS = 30;

  private final List<JobClient> submitted = new CopyOnWriteArrayList<>();

  private FlinkJobs() {}

  static FlinkJobs watched() {
    FlinkJobs jobs = new FlinkJobs();
    initializeContextEnvironment(
        configuration -> {
          Configuration local = new Configuration(configuration);
          local.set(DeploymentOptions.TARGET, "local");
          local.set(DeploymentOptions.ATTACHED, true);
          StreamExecutionEnvironment env = new StreamExecutionEnvironment(local);
          env.setParallelism(1);
          env.registerJobListener(jobs);
          return env;
        });
    return jobs;
  }

  @Override
  public void onJobSubmitted(@Nullable JobClient job, @Nullable Throwable failure) {
    if (job != null) {
      submitted.add(job);
    }
  }

  @Override
  public void onJobExecuted(@Nullable JobExecutionResult result, @Nullable Throwable failure) {}

  void cancel() throws Exception {
    for (JobClient job : submitted) {
      job.cancel().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    resetContextEnvironment();
  }
}
