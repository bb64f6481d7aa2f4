package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.FakeApi;
import io.reststream.testkit.HourlyLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A past of many windows, in a batch and in a stream. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WindowsIT {
  private static final int HOURS = 64;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final FakeApi api = FakeApi.start();
  private final HourlyLog log = new HourlyLog(api, HOURS);

  @TempDir Path directory;

  @AfterEach
  void close() {
    log.release();
    api.close();
  }

  @Test
  void tasksOfABatchFetchAnInputInParallel() throws Exception {
    Dataset<Row> batch = LocalSpark.batch(log.options());
    assertThat(batch.javaRDD().getNumPartitions()).isEqualTo(32);

    CompletableFuture<List<String>> records =
        CompletableFuture.supplyAsync(() -> batch.as(Encoders.STRING()).collectAsList());
    log.awaitUnderWay(2, LIMIT);
    log.release();
    assertThat(records.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .containsExactlyElementsOf(log.records());
    assertThat(log.answeredHours()).hasSize(HOURS).doesNotHaveDuplicates();
  }

  @Test
  void asManyTasksAsThereMayBeRequestsAtATime() {
    log.release();
    Map<String, String> options = log.options();
    options.put("maxConcurrentRequests", "2");
    Dataset<Row> batch = LocalSpark.batch(options);
    assertThat(batch.javaRDD().getNumPartitions()).isEqualTo(2);
    assertThat(batch.as(Encoders.STRING()).collectAsList())
        .containsExactlyElementsOf(log.records());
  }

  @Test
  void availableNowReadsEveryClosedWindowAndEnds() throws Exception {
    log.release();
    Batches batches = new Batches();
    for (int run = 0; run < 2; run++) {
      LocalSpark.finish(
          batches
              .of(LocalSpark.stream(log.options()), directory)
              .trigger(Trigger.AvailableNow())
              .start());
      assertThat(batches.all()).isEqualTo(log.records());
    }
    assertThat(log.answeredHours()).hasSize(HOURS).doesNotHaveDuplicates();
  }
}
