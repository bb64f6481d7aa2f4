package io.reststream.examples.demo;

import io.reststream.flink.RestSource;
import io.reststream.flink.deserializer.RestDeserializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/** A Flink job; stopped with a savepoint and started, it goes on from that. */
final class FlinkEngine implements Engine {
  private static final Map<String, Delivered> ENDS = new ConcurrentHashMap<>();
  private static final long LIMIT_SECONDS = 30;
  private static final long CHECKPOINT_INTERVAL_MILLIS = 500;

  private final Map<String, String> options;
  private final String end;
  private final Path savepoints;
  private @Nullable JobClient job;
  private @Nullable String savepoint;

  FlinkEngine(Map<String, String> options, Delivered delivered) throws Exception {
    this.options = options;
    this.savepoints = Files.createTempDirectory("demo-savepoints");
    this.end = savepoints.toString();
    ENDS.put(end, delivered);
  }

  @Override
  public void start() throws Exception {
    Configuration configuration = new Configuration();
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    env.enableCheckpointing(CHECKPOINT_INTERVAL_MILLIS);
    RestSource<String> source =
        RestSource.<String>builder()
            .options(options)
            .deserializer(RestDeserializer.string())
            .build();
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "orders")
        .uid("orders")
        .map(new Deliver(end))
        .sinkTo(new DiscardingSink<>());
    job = env.executeAsync("demo");
  }

  /**
   * Hands records to this JVM's {@link Delivered}, which the job, being serialized, can only name.
   */
  private record Deliver(String end) implements MapFunction<String, String> {
    @Override
    public String map(String order) {
      Delivered delivered = ENDS.get(end);
      if (delivered == null) {
        throw new IllegalStateException("The demo has ended");
      }
      delivered.add(order);
      return order;
    }
  }

  @Override
  public void stop() throws Exception {
    if (job != null) {
      savepoint =
          job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
              .get(LIMIT_SECONDS, TimeUnit.SECONDS);
      var unused = job.getJobExecutionResult().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      job = null;
    }
  }

  @Override
  public void throwFailure() throws Exception {
    if (job != null && job.getJobExecutionResult().isCompletedExceptionally()) {
      var unused = job.getJobExecutionResult().get();
    }
  }

  @Override
  public void close() throws Exception {
    if (job != null) {
      job.cancel().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
    ENDS.remove(end);
    Directories.delete(savepoints);
  }
}
