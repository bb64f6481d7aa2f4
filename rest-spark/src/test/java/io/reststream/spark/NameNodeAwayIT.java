package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reststream.spark.kill.NameNode;
import io.reststream.spark.log.PageLogException;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.FeedRecord;
import io.reststream.testkit.HdfsProcess;
import io.reststream.testkit.process.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A NameNode that goes away while a query fetches, whose checkpoint is on that HDFS: as Hadoop's
 * client is configured, the query fails, or waits.
 */
@Tag("full")
@Timeout(600)
class NameNodeAwayIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** Longer than Hadoop's client tries where it is not told to wait: ten times, a second apart. */
  private static final Duration AWAY = Duration.ofSeconds(15);

  @TempDir Path directory;
  @TempDir Path cluster;
  private final SparkSession spark = LocalSpark.session().newSession();
  private final AtomicBoolean stopsWithTheNextAnswer = new AtomicBoolean();
  private final CountDownLatch isAway = new CountDownLatch(1);
  private final FakeApi api = FakeApi.start();
  private HdfsProcess hdfs;

  @BeforeEach
  void start() throws Exception {
    hdfs = new HdfsProcess(cluster);
    api.serve(Endpoint.at("/items").since("start_id", "id").pageSize(9).rechunked(42));
    api.beforeAnswer(request -> stopNameNode());
    api.feed().appendEvents(30);
  }

  @AfterEach
  void close() throws Exception {
    for (StreamingQuery query : spark.streams().active()) {
      query.stop();
    }
    api.close();
    hdfs.close();
  }

  private void stopNameNode() {
    if (stopsWithTheNextAnswer.compareAndSet(true, false)) {
      try {
        hdfs.stopNameNode();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      isAway.countDown();
    }
  }

  @Test
  void aQueryFailsByNameAndGoesOnWhereItIsStartedAgain() throws Exception {
    StreamingQuery failing = untilTheNameNodeIsAway();

    StreamingQueryException failure =
        catchThrowableOfType(
            StreamingQueryException.class, () -> failing.awaitTermination(LIMIT.toMillis()));
    assertThat(failure.getCause())
        .isInstanceOf(PageLogException.class)
        .hasMessageMatching(
            "Cannot write the page log file "
                + hdfs.uri()
                + "/\\S+/sources/0/segments/0{14}\\d\\d\\.0{9}1-[0-9a-f]{8}\\.0: .*"
                + " No record was lost\\. .*");
    System.out.println(failure.getCause().getMessage());
    NameNode.start(hdfs, LIMIT);

    StreamingQuery again = query();
    awaitAll(again);
    again.stop();
    assertThat(delivered()).containsExactlyInAnyOrderElementsOf(published());
  }

  @Test
  void aQueryWhoseClientWaitsGoesOnByItself() throws Exception {
    letTheClientWait();
    StreamingQuery query = untilTheNameNodeIsAway();
    awaitWaiting(query, AWAY);

    NameNode.start(hdfs, LIMIT);

    awaitAll(query);
    query.stop();
    assertThat(delivered()).containsExactlyInAnyOrderElementsOf(published());
  }

  /** Hadoop's client takes the interrupt by which Spark stops a query for one more failure. */
  @Test
  void aQueryWhoseClientWaitsIsStoppedOnceTheNameNodeIsBack() throws Exception {
    letTheClientWait();
    StreamingQuery waiting = untilTheNameNodeIsAway();
    awaitWaiting(waiting, Duration.ZERO);
    spark.conf().set("spark.sql.streaming.stopTimeout", "2s");
    assertThatThrownBy(waiting::stop).isInstanceOf(TimeoutException.class);

    NameNode.start(hdfs, LIMIT);

    assertThat(waiting.awaitTermination(LIMIT.toMillis())).isTrue();
    StreamingQuery again = query();
    awaitAll(again);
    again.stop();
    assertThat(delivered()).containsExactlyInAnyOrderElementsOf(published());
  }

  private void letTheClientWait() {
    spark.conf().set("dfs.client.retry.policy.enabled", "true");
    spark.conf().set("dfs.client.retry.policy.spec", "500,10000");
  }

  private StreamingQuery query() throws Exception {
    return LocalSpark.toParquet(
            spark
                .readStream()
                .format("rest")
                .options(
                    Map.of(
                        "url", api.url("/items?start_id={id}"),
                        "offsetType", "incremental",
                        "offsetField", "id",
                        "streamingInterval", "10ms",
                        "batchSize", "5"))
                .load(),
            directory)
        .option("checkpointLocation", hdfs.uri() + directory.resolve("checkpoint"))
        .start();
  }

  /** A query that has delivered some records, and whose next answer has more. */
  private StreamingQuery untilTheNameNodeIsAway() throws Exception {
    StreamingQuery query = query();
    awaitAll(query);
    api.feed().appendEvents(30);
    stopsWithTheNextAnswer.set(true);
    assertThat(isAway.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return query;
  }

  /** Waits until the query has been in Hadoop's client for some time. */
  private static void awaitWaiting(StreamingQuery query, Duration time) {
    long began = System.nanoTime();
    Until.holds(
        "the query waits",
        LIMIT,
        () -> {
          Batches.throwFailure(query);
          return System.nanoTime() - began > time.toNanos() && isInClient(query);
        });
  }

  private static boolean isInClient(StreamingQuery query) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().contains(query.id().toString()))
        .flatMap(thread -> Stream.of(thread.getValue()))
        .anyMatch(frame -> frame.getClassName().startsWith("org.apache.hadoop.ipc."));
  }

  private void awaitAll(StreamingQuery query) {
    Until.holds(
        "all records are there",
        LIMIT,
        () -> {
          Batches.throwFailure(query);
          return delivered().size() >= published().size();
        });
  }

  private List<String> published() {
    return FeedRecord.texts(api.published());
  }

  /** What the sink holds; before its first batch there is no directory to read. */
  private List<String> delivered() {
    return directory.resolve("out/_spark_metadata/0").toFile().exists()
        ? LocalSpark.outputs(directory)
        : List.of();
  }
}
