package io.reststream.examples.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.examples.ExampleApi;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import scala.Console;
import scala.runtime.BoxedUnit;

@Timeout(120)
class SparkExamplesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final SparkSession spark = LocalSpark.session();
  private final ExampleApi api = ExampleApi.start();
  @TempDir private Path directory;

  @AfterEach
  void close() throws Exception {
    for (StreamingQuery query : spark.streams().active()) {
      query.stop();
    }
    api.close();
  }

  @Test
  void timestampPolling() throws Exception {
    assertThatItGivesEachEventOnce(TimestampPolling.stream(spark, api.url()));
  }

  @Test
  void cursorPagination() throws Exception {
    assertThatItGivesEachEventOnce(CursorPagination.stream(spark, api.url()));
  }

  @Test
  void incrementalId() throws Exception {
    assertThatItGivesEachEventOnce(IncrementalId.stream(spark, api.url()));
  }

  /** Two runs from one checkpoint, with new events in both. */
  private void assertThatItGivesEachEventOnce(Dataset<Row> stream) throws Exception {
    for (int events : List.of(25, 7)) {
      api.append(events);
      StreamingQuery query =
          stream
              .writeStream()
              .format("parquet")
              .option("path", directory.resolve("out").toString())
              .option("checkpointLocation", directory.resolve("checkpoint").toString())
              .start();
      awaitEvents(query, directory.resolve("out"));
      query.stop();
    }
    Dataset<Row> rows = spark.read().parquet(directory.resolve("out").toString());
    assertThat(rows.columns()).containsExactly("dummy", "output");
    assertThat(outputs(rows)).containsExactlyInAnyOrderElementsOf(api.published());
  }

  @Test
  void callForRows() throws Exception {
    api.append(25);
    Dataset<Row> times = spark.range(0, 3).withColumnRenamed("id", "since");

    Dataset<Row> answers = CallForRows.call(times, api.url());

    assertThat(answers.columns()).containsExactly("since", "output", "error");
    assertThat(answers.where("size(output.events) > 0 AND error IS NULL").count()).isEqualTo(3);
  }

  @Test
  void batchFirst() {
    api.append(3);
    Dataset<Row> rows = BatchFirst.read(spark, api.url());
    assertThat(rows.columns()).containsExactly("output");
    assertThat(outputs(rows)).containsExactlyElementsOf(api.published());
  }

  @Test
  void parseEventsAndSeveralSinks() throws Exception {
    api.append(4);
    String printed =
        printedBy(
            () -> {
              for (StreamingQuery query :
                  SeveralSinks.start(spark, api.url(), directory.toString())) {
                query.processAllAvailable();
                query.stop();
              }
            });
    assertThat(printed).contains("|  1| important|", "|  3| important|").doesNotContain("usual");
    assertThat(
            spark
                .read()
                .parquet(directory + "/output/important")
                .select("id", "event_type", "timestamp")
                .collectAsList())
        .extracting(row -> row.getString(0) + " " + row.getString(1))
        .containsExactlyInAnyOrder("1 important", "3 important");
  }

  @Test
  void consoleSink() throws Exception {
    api.append(2);
    String printed =
        printedBy(
            () -> {
              StreamingQuery query = ConsoleSink.start(spark, api.url());
              query.processAllAvailable();
              query.stop();
            });
    assertThat(printed).contains(api.published());
  }

  @Test
  void parquetSinkGoesOnAfterARestart() throws Exception {
    for (int run = 0; run < 2; run++) {
      api.append(10);
      StreamingQuery query = ParquetSink.start(spark, api.url(), directory.toString());
      awaitEvents(query, directory.resolve("output/events"));
      query.stop();
    }
    assertThat(outputs(spark.read().parquet(directory + "/output/events")))
        .containsExactlyInAnyOrderElementsOf(api.published());
  }

  @Test
  void memorySinkAndWatchQuery() throws Exception {
    api.append(6);
    StreamingQuery query = MemorySink.start(spark, api.url());
    query.processAllAvailable();
    assertThat(outputs(spark.table("events_table")))
        .containsExactlyInAnyOrderElementsOf(api.published());
    assertThat(WatchQuery.report(query)).contains("records=6");
  }

  @Test
  void severalApis() throws Exception {
    try (ExampleApi refunds = ExampleApi.start()) {
      api.append(3);
      refunds.append(2);
      StreamingQuery query =
          SeveralApis.stream(spark, api.url(), refunds.url())
              .writeStream()
              .format("memory")
              .queryName("several_apis")
              .start();
      query.processAllAvailable();
      assertThat(outputs(spark.table("several_apis").filter("api = 'orders'")))
          .containsExactlyInAnyOrderElementsOf(api.published());
      assertThat(outputs(spark.table("several_apis").filter("api = 'refunds'")))
          .containsExactlyInAnyOrderElementsOf(refunds.published());
    }
  }

  /** After a restart the next cycle may not be due yet, so that once is not enough. */
  private void awaitEvents(StreamingQuery query, Path files) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    do {
      query.processAllAvailable();
      if (spark.read().parquet(files.toString()).count() >= api.published().size()) {
        return;
      }
    } while (!query.awaitTermination(50) && System.nanoTime() < deadline);
    throw new AssertionError("Not all events came within " + LIMIT);
  }

  private static List<String> outputs(Dataset<Row> rows) {
    return rows.select("output").as(Encoders.STRING()).collectAsList();
  }

  /** Something that a test does. */
  private interface Action {
    void run() throws Exception;
  }

  /** What Spark's console sink prints meanwhile: it runs in a thread that the query made here. */
  private static String printedBy(Action action) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Exception[] failure = new Exception[1];
    Console.withOut(
        new PrintStream(bytes, true, StandardCharsets.UTF_8),
        () -> {
          try {
            action.run();
          } catch (Exception e) {
            failure[0] = e;
          }
          return BoxedUnit.UNIT;
        });
    if (failure[0] != null) {
      throw failure[0];
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
