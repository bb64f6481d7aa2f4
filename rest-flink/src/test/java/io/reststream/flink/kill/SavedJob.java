package io.reststream.flink.kill;

import io.reststream.testkit.process.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The process of one Flink: reads a {@link LiveApi} into files until enough records are there, then
 * ends with a savepoint and says where it is.
 */
final class SavedJob {
  /** What precedes the savepoint's place. */
  static final String SAVED = "The state is in ";

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration CHECKPOINTS = Duration.ofMillis(300);
  private static final int PARALLELISM = 2;

  private SavedJob() {}

  /**
   * Takes the API's address, the directory of the files, the number of records that are enough, and
   * a savepoint to go on from.
   */
  public static void main(String[] args) throws Exception {
    Path output = Path.of(args[1]);
    int enough = Integer.parseInt(args[2]);
    Configuration configuration = new Configuration();
    if (args.length > 3) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, args[3]);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
    env.enableCheckpointing(CHECKPOINTS.toMillis(), CheckpointingMode.EXACTLY_ONCE);
    WitnessedJob.union(env, LiveApi.sources(args[0]))
        .sinkTo(WitnessedJob.files(output))
        .uid("files");
    JobClient job = env.executeAsync("saved");
    FinishedFiles files = new FinishedFiles(output);
    Until.holds(enough + " records", LIMIT, () -> files.records().size() >= enough);
    String savepoint =
        job.stopWithSavepoint(
                false,
                output.resolveSibling("savepoints").toUri().toString(),
                SavepointFormatType.CANONICAL)
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    System.out.println(SAVED + savepoint);
  }
}
