package io.reststream.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.KafkaProcess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Typed rows in the sinks of Spark's users, with a restart in the middle. Where the sink can tell a
 * repeated batch, the query dies after the sink has the last batch and before Spark has noted that.
 */
@Timeout(300)
class SinkIT {
  @TempDir Path directory;
  private final FakeApi api = FakeApi.start();

  SinkIT() {
    api.serve(Endpoint.at("/items").since("start_id", "id").pageSize(20));
  }

  @AfterEach
  void close() {
    SparkSession.setActiveSession(LocalSpark.session());
    api.close();
  }

  private Dataset<Row> stream(SparkSession session) {
    return session
        .readStream()
        .format("rest")
        .schema("id BIGINT, name STRING, at TIMESTAMP")
        .options(
            Map.of(
                "url", api.url("/items?start_id={id}"),
                "offsetType", "incremental",
                "offsetField", "id",
                "streamingInterval", "20ms",
                "batchSize", "15"))
        .load();
  }

  private void append(int from, int to) {
    api.feed()
        .append(
            IntStream.range(from, to)
                .mapToObj("{\"id\":%d,\"name\":\"n\",\"at\":\"2024-01-01T00:00:00Z\"}"::formatted)
                .toList());
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private void run(DataStreamWriter<Row> writer) throws Exception {
    Restarts.run(writer, directory.resolve("checkpoint"));
  }

  private void runTwice(SparkSession session, Function<Dataset<Row>, DataStreamWriter<Row>> sink)
      throws Exception {
    append(1, 26);
    run(sink.apply(stream(session)));
    Restarts.loseTheLastCommit(directory.resolve("checkpoint"));
    append(26, 51);
    run(sink.apply(stream(session)));
  }

  private static void assertEachOnce(Dataset<Row> rows) {
    assertEachOnce(rows.select("id").as(Encoders.LONG()).collectAsList());
  }

  private static void assertEachOnce(List<Long> ids) {
    assertThat(ids).containsExactlyInAnyOrderElementsOf(LongStream.range(1, 51).boxed().toList());
  }

  @Test
  void parquet() throws Exception {
    runTwice(
        LocalSpark.session(),
        rows -> rows.writeStream().format("parquet").option("path", at("out")));

    assertEachOnce(LocalSpark.session().read().parquet(at("out")));
  }

  @Test
  @Tag("delta")
  void deltaLake() throws Exception {
    SparkSession session = LocalSpark.session().newSession();
    session
        .conf()
        .set("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    session.conf().set("spark.databricks.delta.snapshotPartitions", 1);
    SparkSession.setActiveSession(session);

    runTwice(session, rows -> rows.writeStream().format("delta").option("path", at("out")));

    assertEachOnce(session.sql("SELECT * FROM delta.`%s`".formatted(at("out"))));
  }

  @Test
  void twoTablesThatForeachBatchWrites() throws Exception {
    VoidFunction2<Dataset<Row>, Long> tables =
        (batch, id) -> {
          batch
              .filter("id % 2 = 0")
              .write()
              .mode(SaveMode.Overwrite)
              .parquet(at("even/batch=" + id));
          batch
              .filter("id % 2 = 1")
              .write()
              .mode(SaveMode.Overwrite)
              .parquet(at("odd/batch=" + id));
        };
    runTwice(LocalSpark.session(), rows -> rows.writeStream().foreachBatch(tables));

    Dataset<Row> even = LocalSpark.session().read().parquet(at("even"));
    Dataset<Row> odd = LocalSpark.session().read().parquet(at("odd"));
    assertThat(even.count()).isEqualTo(25);
    assertThat(even.filter("id % 2 = 1").count()).isZero();
    assertEachOnce(even.union(odd));
  }

  /** Spark gives Kafka a repeated batch once more. */
  @Test
  @Tag("full")
  @Tag("kafka")
  void kafka() throws Exception {
    try (KafkaProcess broker = new KafkaProcess(directory)) {
      Map<String, String> servers = Map.of("kafka.bootstrap.servers", broker.servers());
      runTwice(
          LocalSpark.session(),
          rows ->
              rows.selectExpr("CAST(id AS STRING) AS key", "to_json(struct(*)) AS value")
                  .writeStream()
                  .format("kafka")
                  .options(servers)
                  .option("topic", "items"));

      List<Long> ids =
          LocalSpark.session()
              .read()
              .format("kafka")
              .options(servers)
              .option("subscribe", "items")
              .load()
              .select(col("value").cast("string"))
              .selectExpr("CAST(get_json_object(value, '$.id') AS BIGINT)")
              .as(Encoders.LONG())
              .collectAsList();
      assertThat(ids).hasSizeGreaterThan(50);
      assertEachOnce(ids.stream().distinct().toList());
    }
  }

  /** Spark lets a query into memory go on from a checkpoint where it gives all of its result. */
  @Test
  void memory() throws Exception {
    runTwice(
        LocalSpark.session(),
        rows ->
            rows.groupBy(col("id"))
                .count()
                .writeStream()
                .format("memory")
                .queryName("sink_of_ids")
                .outputMode(OutputMode.Complete()));

    Dataset<Row> counts = LocalSpark.session().table("sink_of_ids");
    assertThat(counts.filter("count != 1").count()).isZero();
    assertEachOnce(counts);
  }

  /** A console cannot take back what it shows, so here the query is stopped between two batches. */
  @Test
  void console() throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (PrintStream console = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
      append(1, 26);
      show(console);
      append(26, 51);
      show(console);
    }

    assertEachOnce(
        Pattern.compile("^\\| *(\\d+)\\| *n\\|", Pattern.MULTILINE)
            .matcher(shown.toString(StandardCharsets.UTF_8))
            .results()
            .map(row -> Long.valueOf(row.group(1)))
            .toList());
  }

  private void show(PrintStream console) {
    scala.Console.withOut(
        console,
        () -> {
          try {
            run(stream(LocalSpark.session()).writeStream().format("console"));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return null;
        });
  }
}
