package io.reststream.flink;

import io.reststream.testkit.process.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job that runs on {@link MiniFlink}. */
final class Job implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(60);

  private final JobClient client;

  private Job(JobClient client) {
    this.client = client;
  }

  static Job start(StreamExecutionEnvironment environment) throws Exception {
    return new Job(environment.executeAsync());
  }

  JobClient client() {
    return client;
  }

  /** Saves the state and lets the job run on. */
  String savepoint(Path directory) throws Exception {
    return saved(
        () -> client.triggerSavepoint(directory.toUri().toString(), SavepointFormatType.CANONICAL));
  }

  /** Saves the state and ends the job, with nothing emitted in between. */
  String stop(Path directory) throws Exception {
    String savepoint =
        saved(
            () ->
                client.stopWithSavepoint(
                    false, directory.toUri().toString(), SavepointFormatType.CANONICAL));
    var unused = result();
    return savepoint;
  }

  /** Asks until all tasks run: before that Flink refuses. */
  private static String saved(Supplier<CompletableFuture<String>> saving) {
    return Until.found(
        "a savepoint",
        LIMIT,
        () -> {
          try {
            return Optional.of(saving.get().get(LIMIT.toSeconds(), TimeUnit.SECONDS));
          } catch (ExecutionException e) {
            if (e.toString().contains("Not all required tasks are currently running")) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** Waits for the end of the job; throws what it failed with. */
  JobExecutionResult result() throws Exception {
    return client.getJobExecutionResult().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Throws what the job failed with, if it has failed. */
  void throwFailure() throws Exception {
    if (client.getJobExecutionResult().isCompletedExceptionally()) {
      var unused = result();
    }
  }

  boolean ended() throws Exception {
    JobStatus status = client.getJobStatus().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    return status.isGloballyTerminalState();
  }

  /** Cancels the job, if it still runs, and waits until it has ended. */
  @Override
  public void close() throws Exception {
    if (ended()) {
      return;
    }
    client.cancel().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    try {
      var unused = result();
    } catch (ExecutionException cancelled) {
      if (!ended()) {
        throw cancelled;
      }
    }
  }
}
