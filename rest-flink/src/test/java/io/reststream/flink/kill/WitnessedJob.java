package io.reststream.flink.kill;

import io.reststream.flink.RestSource;
import io.reststream.testkit.process.Until;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.RemoteStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * A job on a {@link StandaloneFlink}: sources, a {@link Witness}, and a file sink that commits with
 * each checkpoint. It is restarted as often as it fails.
 */
final class WitnessedJob {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration CHECKPOINTS = Duration.ofMillis(300);
  private static final int PARALLELISM = 2;

  private final JobClient client;
  private final FlinkRest rest;

  private WitnessedJob(JobClient client, FlinkRest rest) {
    this.client = client;
    this.rest = rest;
  }

  /**
   * Submits the job.
   *
   * @param wholeRestarts whether all of it restarts when a part has failed, since each task gets
   *     records from all others
   */
  static WitnessedJob submit(
      FlinkRest rest,
      List<RestSource<String>> sources,
      boolean wholeRestarts,
      String witnesses,
      Path output)
      throws Exception {
    StreamExecutionEnvironment env =
        new RemoteStreamEnvironment(
            "127.0.0.1", rest.port(), configuration(), new String[0], UserCode.addresses());
    env.setParallelism(PARALLELISM);
    env.enableCheckpointing(CHECKPOINTS.toMillis(), CheckpointingMode.EXACTLY_ONCE);
    DataStream<String> all = union(env, sources);
    (wholeRestarts ? all.rebalance() : all)
        .map(new Witness(witnesses))
        .uid("witness")
        .sinkTo(files(output))
        .uid("files");
    return new WitnessedJob(env.executeAsync("witnessed"), rest);
  }

  /** Restarts as often as it fails. */
  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    return configuration;
  }

  /** All sources as one stream. */
  static DataStream<String> union(
      StreamExecutionEnvironment env, List<RestSource<String>> sources) {
    DataStream<String> all = null;
    for (RestSource<String> source : sources) {
      String name = "source-" + sources.indexOf(source);
      DataStream<String> one =
          env.fromSource(source, WatermarkStrategy.noWatermarks(), name).uid(name);
      all = all == null ? one : all.union(one);
    }
    return all;
  }

  /** A sink that commits with each checkpoint. */
  static FileSink<String> files(Path output) {
    return FileSink.forRowFormat(
            new org.apache.flink.core.fs.Path(output.toUri()),
            new SimpleStringEncoder<String>(StandardCharsets.UTF_8.name()))
        .withBucketAssigner(new BasePathBucketAssigner<>())
        .withRollingPolicy(OnCheckpointRollingPolicy.build())
        .build();
  }

  JobID id() {
    return client.getJobID();
  }

  long completedCheckpoint() throws Exception {
    return rest.completedCheckpoint(id());
  }

  /** Waits until all tasks run and another checkpoint is complete. */
  void awaitProgress() throws Exception {
    Until.holds("all tasks run", LIMIT, () -> rest.allRunning(id()));
    long known = completedCheckpoint();
    Until.holds("a checkpoint after " + known, LIMIT, () -> completedCheckpoint() > known);
  }

  /** Commits all that the sink has, and ends the job. */
  void stop(Path savepoints) throws Exception {
    var savepoint =
        client
            .stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    var result = client.getJobExecutionResult().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
