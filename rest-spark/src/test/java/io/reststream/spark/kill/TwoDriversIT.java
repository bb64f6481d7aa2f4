package io.reststream.spark.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.spark.LocalSpark;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Feed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A second query is started on the checkpoint of one that still lives, each in its own JVM: the
 * first one ends with an error, and every record is there once.
 */
@Timeout(600)
class TwoDriversIT {
  static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String TAKEN_OVER =
      "(?s).*Another query has taken over the page log \\w+:.*/sources/\\d/epochs: its epoch is"
          + " 0{9}2-[0-9a-f]{8}, ours is 0{9}1-[0-9a-f]{8}\\. This query stops and has delivered"
          + " nothing that the other one does not know\\. Run one query per checkpoint\\..*";

  @TempDir Path directory;
  final FakeApi api = FakeApi.start();

  /** What stands before a path in the file system of the checkpoint. */
  String files() {
    return MomentFileSystem.SCHEME + ":";
  }

  @BeforeEach
  void serve() {
    for (Source source : Source.values()) {
      api.serve(source.endpointNeverTheSame(source.ordinal()));
    }
    appendToAll();
  }

  @AfterEach
  void close() {
    api.close();
  }

  final void appendToAll() {
    for (String name : Source.feeds()) {
      Feed feed = api.feed(name);
      int known = feed.published().size();
      feed.append(
          IntStream.rangeClosed(known + 1, known + 40)
              .mapToObj(id -> "{\"id\":%d,\"ts\":%d}".formatted(id, 1000 + id * 2 / 3))
              .toList());
    }
  }

  @Test
  @Tag("full")
  void theFirstOneEndsAtItsNextWriteThoughItWasIdleUntilThen() throws Exception {
    try (QueryProcess first = start(Moment.ANYWHERE, 0)) {
      await(first, () -> delivered().size() == published().size());
      try (QueryProcess second = start(Moment.ANYWHERE, 0)) {
        await(second, () -> hasTaken());
        appendToAll();
        assertThat(first.awaitFailure()).matches(TAKEN_OVER);
        await(second, () -> delivered().size() == published().size());
      }
    }
    assertEveryRecordIsThereOnce();
  }

  @Test
  @Tag("full")
  void aFirstOneThatWakesUpInTheMiddleOfAnAppendAppendsNothing() throws Exception {
    assertThat(wakesUpIn(Moment.APPEND, 10)).matches(TAKEN_OVER);
  }

  /** Spark's own sink finds that its batch was written by somebody else. */
  @Test
  @Tag("full")
  void aFirstOneThatWakesUpInTheMiddleOfABatchAddsNothingToTheSink() throws Exception {
    assertThat(wakesUpIn(Moment.TASK, 100)).contains("Race while writing batch");
  }

  private String wakesUpIn(Moment moment, int passes) throws Exception {
    String failure;
    try (QueryProcess first = start(moment, passes)) {
      first.awaitMoment();
      long before = checkpoint().committed();
      appendToAll();
      try (QueryProcess second = start(Moment.ANYWHERE, 0)) {
        await(second, () -> checkpoint().committed() > before + 3);
        first.goOn();
        failure = first.awaitFailure();
        appendToAll();
        await(second, () -> delivered().size() >= published().size());
      }
    }
    assertEveryRecordIsThereOnce();
    return failure;
  }

  final QueryProcess start(Moment moment, int passes) throws Exception {
    return QueryProcess.start(api.url(), directory, files(), false, moment, passes);
  }

  final Checkpoint checkpoint() {
    return new Checkpoint(files() + directory.resolve("checkpoint"));
  }

  /** Whether the second query has the logs of all sources. */
  private boolean hasTaken() throws Exception {
    for (int source = 0; source < Source.values().length; source++) {
      if (checkpoint().epochs(source).stream().noneMatch(it -> it.startsWith("0000000002-"))) {
        return false;
      }
    }
    return true;
  }

  static void await(QueryProcess query, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.call()) {
      assertThat(query.isAlive()).as("the query is alive").isTrue();
      assertThat(System.nanoTime()).as("not within %s", LIMIT).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  final void assertEveryRecordIsThereOnce() throws Exception {
    try (QueryProcess last =
        QueryProcess.start(api.url(), directory, files(), true, Moment.ANYWHERE, 0)) {
      last.awaitEnd();
    }
    assertThat(delivered()).containsExactlyInAnyOrderElementsOf(published());
  }

  final List<String> published() {
    return api.published().stream().map(record -> record.feed() + " " + record.json()).toList();
  }

  /** What the sink holds; before its first batch there is no directory to read. */
  final List<String> delivered() {
    Path out = directory.resolve("out");
    if (!out.resolve("_spark_metadata/0").toFile().exists()) {
      return List.of();
    }
    return LocalSpark.session()
        .read()
        .parquet(out.toString())
        .select(functions.concat_ws(" ", functions.col("feed"), functions.col("output")))
        .as(Encoders.STRING())
        .collectAsList();
  }
}
