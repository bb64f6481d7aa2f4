package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.FeedRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An API that says to come again in hours holds nobody up who wants to stop. */
@Timeout(300)
class LongWaitsIT {
  private static final String GROUP = "long waits";
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path directory;
  private final FakeApi api = FakeApi.start();

  LongWaitsIT() {
    api.serve(Endpoint.at("/items").since("start_id", "id"));
    api.feed().appendEvents(3);
    api.fault(Fault.tooManyRequests("7200"));
  }

  @AfterEach
  void close() {
    api.close();
  }

  static Stream<Trigger> triggers() {
    return Stream.of(Trigger.ProcessingTime(0), Trigger.AvailableNow(), Trigger.Once());
  }

  @ParameterizedTest
  @MethodSource("triggers")
  void aStreamStopsAtOnceAndReadsAllTheNextTime(Trigger trigger) throws Exception {
    Map<String, String> options =
        Map.of(
            "url", api.url("/items?start_id={id}"),
            "offsetType", "incremental",
            "offsetField", "id");
    Batches batches = new Batches();
    StreamingQuery query =
        batches.of(LocalSpark.stream(options), directory).trigger(trigger).start();
    var unused = api.awaitRequests(1, LocalSpark.LIMIT);
    assertThat(query.awaitTermination(500)).isFalse();

    long began = System.nanoTime();
    query.stop();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
    assertThat(query.exception().isDefined()).isFalse();
    assertThat(api.requests()).hasSize(1);

    LocalSpark.finish(
        batches.of(LocalSpark.stream(options), directory).trigger(Trigger.AvailableNow()).start());
    assertThat(batches.all()).isEqualTo(FeedRecord.texts(api.published()));
  }

  @Test
  void aBatchIsCancelledWithItsTask() throws Exception {
    cancels(LocalSpark.batch(Map.of("url", api.url("/items"))));
  }

  @Test
  void callsAreCancelledWithTheirTask() throws Exception {
    SparkSession spark = LocalSpark.session();
    cancels(
        RestApi.call(spark.range(0, 1, 1, 1).toDF("id"), Map.of("url", api.url("/items{?id}"))));
  }

  private void cancels(Dataset<Row> rows) throws Exception {
    SparkSession spark = LocalSpark.session();
    CompletableFuture<String> task = new CompletableFuture<>();
    SparkListener ends =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            task.complete(end.reason().toString());
          }
        };
    spark.sparkContext().addSparkListener(ends);
    try {
      CompletableFuture<Long> count =
          CompletableFuture.supplyAsync(
              () -> {
                spark.sparkContext().setJobGroup(GROUP, GROUP, false);
                return (long) rows.collectAsList().size();
              });
      var unused = api.awaitRequests(1, LocalSpark.LIMIT);
      assertThat(task).isNotDone();

      spark.sparkContext().cancelJobGroup(GROUP);
      assertThat(count).failsWithin(SOON);
      assertThat(task).succeedsWithin(SOON).asString().startsWith("TaskKilled");
      assertThat(api.requests()).hasSize(1);
    } finally {
      spark.sparkContext().removeSparkListener(ends);
    }
  }
}
