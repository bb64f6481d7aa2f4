package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.HourlyLog;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A past of many windows, which both readers fetch. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WindowBackfillIT {
  private static final int HOURS = 64;

  /** Each of two readers has eight requests under way at once, and no more. */
  private static final int ALL_UNDER_WAY = 16;

  private final FakeApi api = FakeApi.start();
  private final HourlyLog log = new HourlyLog(api, HOURS);
  private final Received<String> received = new Received<>();

  @TempDir Path savepoints;

  @AfterEach
  void close() {
    log.release();
    api.close();
  }

  private Job start(StreamExecutionEnvironment env, boolean bounded) throws Exception {
    RestSourceBuilder<String> builder =
        RestSource.<String>builder().options(log.options()).deserializer(RestDeserializer.string());
    RestSource<String> source = (bounded ? builder.bounded() : builder).build();
    received.from(env.fromSource(source, WatermarkStrategy.noWatermarks(), "log").uid("log"));
    return Job.start(env);
  }

  @Test
  void bothReadersFetchItAndASavepointInItsMiddleGoesOnThere(MiniFlink.Running flink)
      throws Exception {
    String savepoint;
    List<String> before;
    try (Job job = start(flink.environment(2), false)) {
      log.awaitUnderWay(ALL_UNDER_WAY, Job.LIMIT);
      before = log.answeredHours();
      // Of each hour the half and the end, and the very first record.
      var unused = received.await(2 * before.size() + 1, Job.LIMIT, job);
      savepoint = job.stop(savepoints);
    }
    assertThat(received.values()).hasSize(2 * before.size() + 1);
    int asked = api.requests().size();

    log.release();
    try (Job job = start(flink.restored(2, savepoint), false)) {
      var unused = received.await(log.records().size(), Job.LIMIT, job);
      unused = List.of(job.stop(savepoints));
    }
    assertThat(received.values()).containsExactlyInAnyOrderElementsOf(log.records());
    Set<String> again = new HashSet<>();
    api.requests()
        .subList(asked, api.requests().size())
        .forEach(request -> again.add(request.param("from") + "/" + request.param("to")));
    assertThat(again).doesNotContainAnyElementsOf(before);
  }

  @Test
  void aBoundedReadEndsWithTheLastClosedMoment(MiniFlink.Running flink) throws Exception {
    log.release();
    try (Job job = start(flink.environment(2), true)) {
      var unused = job.result();
    }
    assertThat(received.values()).containsExactlyInAnyOrderElementsOf(log.records());
  }
}
