package io.reststream.flink.kill;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.streaming.api.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What users put into a job jar: reads a {@link LiveApi} into files, for ever. */
public final class SubmittedJob {
  private static final Duration CHECKPOINTS = Duration.ofMillis(300);

  private SubmittedJob() {}

  /** Takes the API's address and the directory of the files. */
  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(WitnessedJob.configuration());
    env.enableCheckpointing(CHECKPOINTS.toMillis(), CheckpointingMode.EXACTLY_ONCE);
    WitnessedJob.union(env, LiveApi.sources(args[0]))
        .rebalance()
        .sinkTo(WitnessedJob.files(Path.of(args[1])))
        .uid("files");
    var unused = env.executeAsync("submitted");
  }
}
