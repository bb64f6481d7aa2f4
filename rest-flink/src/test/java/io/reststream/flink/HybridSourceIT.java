package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.connector.base.source.hybrid.HybridSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One source after the other: an archive, and then what goes on. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HybridSourceIT {
  @TempDir Path savepoints;

  @Test
  void anApiIsReadBeforeAndAfterAnotherSource(MiniFlink.Running flink) throws Exception {
    try (TenantApi archive = new TenantApi(3);
        TenantApi live = new TenantApi(3)) {
      archive.append(0, 1, 10);
      live.append(1, 11, 5);
      RestSource<String> then = live.source(1).build();
      HybridSource<String> both =
          HybridSource.builder(archive.source(0).bounded().build())
              .addSource(before -> then, Boundedness.CONTINUOUS_UNBOUNDED)
              .build();
      Received<String> received = new Received<>();
      String savepoint;
      try (Job job = start(flink.environment(2), both, received)) {
        var unused = received.await(15, Job.LIMIT, job);
        savepoint = job.stop(savepoints);
      }
      live.append(1, 16, 5);
      try (Job job = start(flink.restored(2, savepoint), both, received)) {
        assertThat(received.await(20, Job.LIMIT, job))
            .containsExactlyInAnyOrderElementsOf(
                Stream.concat(archive.published().stream(), live.published().stream()).toList());
      }
    }
  }

  private static Job start(
      StreamExecutionEnvironment env, HybridSource<String> source, Received<String> received)
      throws Exception {
    received.from(
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "both", Types.STRING).uid("both"));
    return Job.start(env);
  }
}
