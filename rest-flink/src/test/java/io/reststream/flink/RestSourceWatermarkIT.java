package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reststream.flink.deserializer.RestDeserializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Watermarks by input, of readers without one, and aligned between inputs. Ids are seconds. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RestSourceWatermarkIT {
  private final TenantApi api = new TenantApi(1);
  private final Received<Long> watermarks = new Received<>();

  @TempDir Path savepoints;

  @AfterEach
  void close() {
    api.close();
  }

  private static StreamExecutionEnvironment environment(
      MiniFlink.Running flink, int parallelism, Configuration configuration) {
    configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(10));
    return flink.environment(parallelism, configuration);
  }

  private static WatermarkStrategy<JsonNode> byId() {
    return WatermarkStrategy.<JsonNode>forMonotonousTimestamps()
        .withTimestampAssigner((record, none) -> record.get("id").longValue() * 1000);
  }

  private DataStream<JsonNode> read(
      StreamExecutionEnvironment env, WatermarkStrategy<JsonNode> strategy, int... tenants) {
    return env.fromSource(api.source(RestDeserializer.json(), tenants).build(), strategy, "rest")
        .uid("rest");
  }

  /** The watermark that stands when a record arrives behind a shuffle. */
  private void watermarksOf(DataStream<JsonNode> stream) {
    watermarks.from(
        stream.rebalance().process(new CurrentWatermark()).setParallelism(1).returns(Types.LONG));
  }

  private static final class CurrentWatermark extends ProcessFunction<JsonNode, Long> {
    @Override
    public void processElement(JsonNode record, Context context, Collector<Long> out) {
      out.collect(context.timerService().currentWatermark());
    }
  }

  /** Publishes a record every now and then until the watermark has come that far. */
  private void awaitWatermark(long seconds, int tenant, long from, Job job) throws Exception {
    for (int i = 0; ; i++) {
      api.append(tenant, from + i, 1);
      var seen = watermarks.await(watermarks.values().size() + 1, Job.LIMIT, job);
      if (seen.get(seen.size() - 1) >= seconds * 1000 - 1) {
        return;
      }
      assertThat(i).as("records, and no watermark of %d seconds", seconds).isLessThan(200);
    }
  }

  @Test
  void theSlowestInputHoldsTheWatermarkBack(MiniFlink.Running flink) throws Exception {
    var env = environment(flink, 1, new Configuration());
    watermarksOf(read(env, byId(), 0, 1));

    try (Job job = Job.start(env)) {
      api.append(0, 100, 1);
      api.append(1, 1, 1);
      awaitWatermark(1, 0, 101, job);
      assertThat(watermarks.values()).allMatch(watermark -> watermark < 1_000);
      awaitWatermark(50, 1, 50, job);
    }
  }

  @Test
  void aReaderWithoutInputsDoesNotHoldTheWatermarkBack(MiniFlink.Running flink) throws Exception {
    var env = environment(flink, 3, new Configuration());
    watermarksOf(read(env, byId(), 0));

    try (Job job = Job.start(env)) {
      awaitWatermark(10, 0, 10, job);
    }
  }

  @Test
  void aRemovedInputDoesNotHoldTheWatermarkBack(MiniFlink.Running flink) throws Exception {
    api.append(0, 1, 1);
    api.append(1, 1, 1);
    var env = environment(flink, 1, new Configuration());
    watermarksOf(read(env, byId(), 0, 1));
    String savepoint;
    try (Job job = Job.start(env)) {
      var unused = watermarks.await(2, Job.LIMIT, job);
      savepoint = job.stop(savepoints);
    }

    var restored = flink.restored(1, savepoint);
    restored.getConfig().setAutoWatermarkInterval(10);
    watermarksOf(read(restored, byId(), 0));
    try (Job job = Job.start(restored)) {
      awaitWatermark(10, 0, 10, job);
    }
  }

  @Test
  void anInputThatIsAheadPausesUntilTheOthersHaveCaughtUp(MiniFlink.Running flink)
      throws Exception {
    int ahead = 2_000;
    var env = environment(flink, 1, new Configuration());
    Received<String> received = new Received<>();
    received.from(
        read(
                env,
                byId()
                    .withWatermarkAlignment("rest", Duration.ofSeconds(20), Duration.ofMillis(10)),
                0,
                1)
            .map(JsonNode::toString)
            .returns(Types.STRING));
    api.append(0, 1, 1);

    try (Job job = Job.start(env)) {
      var unused = received.await(1, Job.LIMIT, job);
      api.append(1, 1, ahead);
      awaitThatItIsNotAsked(1);
      assertThat(received.values().size()).isLessThan(ahead);

      api.append(0, 2 * ahead, 1);
      assertThat(received.await(ahead + 2, Job.LIMIT, job))
          .containsExactlyInAnyOrderElementsOf(api.published());
    }
  }

  /** Waits until the other tenant was asked ten times, and this one not once, in a row. */
  private void awaitThatItIsNotAsked(int tenant) throws Exception {
    int before;
    do {
      before = api.api().requests(TenantApi.path(tenant)).size();
      api.api().awaitRequests(api.api().requests().size() + 10, Job.LIMIT);
    } while (api.api().requests(TenantApi.path(tenant)).size() > before);
  }
}
