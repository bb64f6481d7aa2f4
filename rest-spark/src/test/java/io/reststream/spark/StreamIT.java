package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.ConfigException;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.FeedRecord;
import io.reststream.testkit.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class StreamIT {
  @TempDir Path directory;
  private final FakeApi api = FakeApi.start();
  private final Map<String, String> options = new HashMap<>();

  StreamIT() {
    api.serve(Endpoint.at("/items").since("start_id", "id"));
    options.putAll(
        Map.of(
            "url", api.url("/items?start_id={id}"),
            "offsetType", "incremental",
            "offsetField", "id",
            "streamingInterval", "50ms",
            "batchSize", "10"));
  }

  @AfterEach
  void close() {
    api.close();
  }

  private List<String> published() {
    return FeedRecord.texts(api.published());
  }

  @Test
  void aRestartFromTheCheckpointGoesOnWithoutLossOrRepeat() throws Exception {
    for (int i = 0; i < 3; i++) {
      api.feed().appendEvents(25);
      LocalSpark.drainToParquet(options, directory);
      assertThat(LocalSpark.outputs(directory)).containsExactlyInAnyOrderElementsOf(published());
    }
  }

  @Test
  void aBatchHoldsAtMostBatchSizeRecordsHoweverLargeThePage() throws Exception {
    api.feed().appendEvents(25);
    Batches batches = new Batches();

    LocalSpark.finish(
        batches.of(LocalSpark.stream(options), directory).trigger(Trigger.AvailableNow()).start());

    assertThat(batches.sizes()).containsExactly(10, 10, 5);
    assertThat(batches.all()).isEqualTo(published());
  }

  @Test
  void twoActionsOnABatchSeeTheSameRecords() throws Exception {
    api.feed().appendEvents(25);
    List<List<String>> seen = Collections.synchronizedList(new ArrayList<>());
    VoidFunction2<Dataset<Row>, Long> twice =
        (batch, id) -> {
          Dataset<String> outputs = batch.select("output").as(Encoders.STRING());
          seen.add(outputs.collectAsList());
          seen.add(outputs.collectAsList());
          assertThat(batch.count()).isEqualTo(outputs.count());
        };

    LocalSpark.finish(
        LocalSpark.stream(options)
            .writeStream()
            .foreachBatch(twice)
            .option("checkpointLocation", directory.toString())
            .trigger(Trigger.AvailableNow())
            .start());

    assertThat(seen).hasSize(6);
    for (int i = 0; i < 6; i += 2) {
      assertThat(seen.get(i)).isEqualTo(seen.get(i + 1));
    }
  }

  @Test
  void rowsHoldTheColumnsOfTheirInputAndThenTheRecord() throws Exception {
    api.serve(Endpoint.at("/{tenant}").feedNamedBy("tenant").since("start_id", "id"));
    api.feed("a").append("{\"id\": 9007199254740993,  \"x\":1.50}");
    api.feed("b").append("{\"id\":7}");
    options.put("url", api.url("/{tenant}?start_id={id}"));
    options.put(
        "inputData",
        "[{\"tenant\":\"a\",\"n\":1,\"rate\":0.5,\"ok\":true,\"mixed\":1},"
            + "{\"tenant\":\"b\",\"n\":2,\"rate\":3,\"ok\":null,\"mixed\":[\"x\"]}]");
    Dataset<Row> stream = LocalSpark.stream(options);
    assertThat(stream.schema().simpleString())
        .isEqualTo(
            "struct<tenant:string,n:bigint,rate:double,ok:boolean,mixed:string,output:string>");

    LocalSpark.finish(
        LocalSpark.toParquet(stream, directory).trigger(Trigger.AvailableNow()).start());

    assertThat(
            LocalSpark.session()
                .read()
                .parquet(directory.resolve("out").toString())
                .orderBy("tenant")
                .collectAsList())
        .containsExactly(
            RowFactory.create("a", 1L, 0.5, true, "1", "{\"id\": 9007199254740993,  \"x\":1.50}"),
            RowFactory.create("b", 2L, 3.0, null, "[\"x\"]", "{\"id\":7}"));
  }

  @Test
  void aLargeBatchIsReadFromTheLogBySeveralTasks() throws Exception {
    String filler = "x".repeat(500);
    api.feed()
        .append(
            IntStream.range(0, 20_000)
                .mapToObj(i -> "{\"id\":%d,\"filler\":\"%s\"}".formatted(i, filler))
                .toList());
    options.put("batchSize", "20000");
    List<Integer> partitions = Collections.synchronizedList(new ArrayList<>());
    List<String> outputs = Collections.synchronizedList(new ArrayList<>());
    VoidFunction2<Dataset<Row>, Long> collect =
        (batch, id) -> {
          partitions.add(batch.javaRDD().getNumPartitions());
          outputs.addAll(batch.select("output").as(Encoders.STRING()).collectAsList());
        };

    LocalSpark.finish(
        LocalSpark.stream(options)
            .writeStream()
            .foreachBatch(collect)
            .option("checkpointLocation", directory.toString())
            .trigger(Trigger.AvailableNow())
            .start());

    assertThat(partitions).containsExactly(3);
    assertThat(outputs).isEqualTo(published());
  }

  @Test
  void theNextBatchIsFetchedWhileTheCurrentOneRuns() throws Exception {
    api.serve(Endpoint.at("/items").since("start_id", "id").pageSize(10));
    options.put("pageSize", "10");
    api.feed().appendEvents(30);
    VoidFunction2<Dataset<Row>, Long> waiting =
        (batch, id) -> {
          if (id == 0) {
            api.awaitRequests(2, LocalSpark.LIMIT);
          }
        };

    LocalSpark.finish(
        LocalSpark.stream(options)
            .writeStream()
            .foreachBatch(waiting)
            .option("checkpointLocation", directory.toString())
            .trigger(Trigger.AvailableNow())
            .start());
  }

  @Test
  void progressTellsWhatWasFetched() throws Exception {
    api.feed().appendEvents(25);
    Batches batches = new Batches();
    StreamingQuery query = batches.of(LocalSpark.stream(options), directory).start();
    batches.await(25, query, LocalSpark.LIMIT);
    query.processAllAvailable();
    Map<String, String> metrics = query.lastProgress().sources()[0].metrics();
    query.stop();

    assertThat(metrics)
        .containsEntry("records", "25")
        .containsEntry("pendingRecords", "0")
        .containsKeys("pages", "requests", "bytes", "pageLogBytes", "lastPoll");
    assertThat(Instant.parse(metrics.get("lastPoll"))).isBefore(Instant.now());
  }

  /** After a failure Spark hands an offset of its own class over, of a batch that it repeats. */
  @Test
  void progressSurvivesABatchThatIsRepeatedAfterAFailure() throws Exception {
    api.feed().appendEvents(25);
    VoidFunction2<Dataset<Row>, Long> failing =
        (batch, id) -> {
          throw new IllegalStateException("The sink is down");
        };
    assertThatThrownBy(
            () ->
                LocalSpark.finish(
                    LocalSpark.stream(options)
                        .writeStream()
                        .foreachBatch(failing)
                        .option("checkpointLocation", directory.toString())
                        .start()))
        .isInstanceOf(StreamingQueryException.class);
    Batches batches = new Batches();

    StreamingQuery query =
        batches.of(LocalSpark.stream(options), directory).trigger(Trigger.AvailableNow()).start();
    LocalSpark.finish(query);

    assertThat(batches.all()).isEqualTo(published());
    assertThat(query.recentProgress()[0].sources()[0].metrics())
        .containsEntry("records", "0")
        .containsEntry("pendingRecords", "15");
    assertThat(query.lastProgress().sources()[0].metrics()).containsEntry("pendingRecords", "0");
  }

  @Test
  void progressTellsUntilWhenTheStreamWaits() throws Exception {
    options.put("streamingInterval", "300ms");
    Batches batches = new Batches();
    StreamingQuery query = batches.of(LocalSpark.stream(options), directory).start();
    Map<String, String> metrics = Map.of();
    for (long end = System.nanoTime() + LocalSpark.LIMIT.toNanos();
        !metrics.containsKey("waitingUntil") && System.nanoTime() < end; ) {
      api.feed().appendEvents(1);
      batches.await(published().size(), query, LocalSpark.LIMIT);
      query.processAllAvailable();
      metrics = query.lastProgress().sources()[0].metrics();
    }
    query.stop();

    assertThat(metrics).containsKey("waitingUntil");
    assertThat(Instant.parse(metrics.get("waitingUntil")))
        .isAfter(Instant.parse(metrics.get("lastPoll")));
  }

  @Test
  void stoppingAQueryWhileARequestHangsTakesNoTime() throws Exception {
    Gate gate = new Gate();
    api.fault(Fault.held(gate));
    StreamingQuery query = new Batches().of(LocalSpark.stream(options), directory).start();
    gate.awaitArrivals(1, LocalSpark.LIMIT);

    long began = System.nanoTime();
    query.stop();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    assertThat(query.exception().isDefined()).isFalse();
  }

  @Test
  void aFailedRequestFailsTheQueryWithItsOwnMessage() throws Exception {
    api.fault(Fault.status(403).body("not yours"));
    StreamingQuery query = new Batches().of(LocalSpark.stream(options), directory).start();

    assertThatThrownBy(() -> LocalSpark.finish(query))
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageContaining("was answered with status 403: not yours");
  }

  @Test
  void aQueryWhoseRetriesAreUsedUpGoesOnWhereItWasWhenItIsStartedAgain() throws Exception {
    options.putAll(Map.of("maxRetries", "1", "retryBaseDelay", "10ms"));
    api.feed().appendEvents(25);
    LocalSpark.drainToParquet(options, directory);
    api.feed().appendEvents(25);
    api.fault(Fault.status(503), Fault.status(503));

    assertThatThrownBy(() -> LocalSpark.drainToParquet(options, directory))
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageContaining("After 2 attempts in");
    LocalSpark.drainToParquet(options, directory);

    assertThat(LocalSpark.outputs(directory)).containsExactlyInAnyOrderElementsOf(published());
  }

  @Test
  void wrongOptionsAreRefusedByLoadAllAtOnce() {
    assertThatThrownBy(() -> LocalSpark.stream(Map.of("offsettyp", "x", "drainTimeout", "soon")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("offsettyp")
        .hasMessageContaining("'url'")
        .hasMessageContaining("Option 'drainTimeout' must be a duration");
  }

  @Test
  void anInputColumnThatIsNamedLikeTheRecordsColumnIsRefused() {
    options.put("inputData", "[{\"Output\":1}]");

    assertThatThrownBy(() -> LocalSpark.stream(options))
        .hasMessage(
            "Option 'inputData' must not have a column 'Output': the record stands in the column"
                + " 'output', and Spark's columns ignore case.");
  }
}
