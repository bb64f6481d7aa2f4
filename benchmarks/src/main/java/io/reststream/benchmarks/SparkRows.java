package io.reststream.benchmarks;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Position;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * How many rows per second does a Spark stream over an API give? In turns on one loopback API with
 * pages of 10,000 records of about 135 bytes, into a sink that takes all: (a) the bare poller, (b)
 * a stream of texts, (c) a stream of typed rows, and (d) Spark's own stream over the same records
 * in local files. The answers are the throughputs of b over a and of c over d, of each round.
 *
 * <pre>{@code
 * java -Xmx1g -Dsun.net.httpserver.nodelay=true --add-exports java.base/sun.nio.ch=ALL-UNNAMED \
 *     -cp "target/classes:$(cat target/classpath)" io.reststream.benchmarks.SparkRows 60 5
 * }</pre>
 */
public final class SparkRows {
  private static final int RECORDS = 10_000;
  private static final int WARM_UP = 2;
  private static final double NANOS = 1e9;
  private static final String SCHEMA =
      "id BIGINT, user STRING, action STRING, ok BOOLEAN, amount DOUBLE, at TIMESTAMP,"
          + " tags ARRAY<STRING>";

  private final SparkSession spark;
  private final FakeApi api;
  private final int pages;
  private final Path directory;
  private int runs;

  private SparkRows(SparkSession spark, FakeApi api, int pages, Path directory) {
    this.spark = spark;
    this.api = api;
    this.pages = pages;
    this.directory = directory;
  }

  /** Takes how many pages there are, and how many rounds. */
  public static void main(String[] args) throws Exception {
    int pages = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    SparkSession spark = LocalSession.open();
    Path directory = Files.createTempDirectory("spark-rows");
    try (FakeApi api = FakeApi.start().withoutLog()) {
      new SparkRows(spark, api, pages, directory).run(rounds);
    } finally {
      spark.stop();
      delete(directory);
    }
  }

  private void run(int rounds) throws Exception {
    serve();
    List<Double> untyped = new ArrayList<>();
    List<Double> typed = new ArrayList<>();
    for (int round = 1 - WARM_UP; round <= rounds; round++) {
      double a = poller();
      double b = stream(rest());
      double c = stream(rest().schema(SCHEMA));
      double d = files();
      System.out.printf(
          Locale.ROOT,
          "round %d: rows/s of the poller %.0f, texts %.0f, typed %.0f, files %.0f; b/a %.2f, c/d"
              + " %.2f%n",
          round,
          a,
          b,
          c,
          d,
          b / a,
          c / d);
      if (round > 0) {
        untyped.add(b / a);
        typed.add(c / d);
      }
    }
    System.out.printf(Locale.ROOT, "medians: b/a %.2f, c/d %.2f%n", median(untyped), median(typed));
  }

  private void serve() throws IOException {
    List<Answer> answers = new ArrayList<>();
    Path files = Files.createDirectories(directory.resolve("files"));
    for (int page = 0; page < pages; page++) {
      List<String> records = new ArrayList<>();
      for (int i = 1; i <= RECORDS; i++) {
        long id = (long) page * RECORDS + i;
        records.add(
            ("{\"id\":%d,\"user\":\"user-%06d\",\"action\":\"viewed\",\"ok\":true,"
                    + "\"amount\":%d.25,\"at\":\"2024-05-01T12:00:00Z\",\"tags\":[\"a\",\"b\"]}")
                .formatted(id, id, i % 1000));
      }
      String next = page + 1 < pages ? "\"/items?page=" + (page + 1) + "\"" : "null";
      answers.add(
          Answer.json("{\"next\":" + next + ",\"data\":[" + String.join(",", records) + "]}"));
      Files.write(files.resolve("%05d.json".formatted(page)), records, StandardCharsets.UTF_8);
    }
    api.serve(
        "/items",
        asked -> {
          String page = asked.param("page");
          return answers.get(page == null ? 0 : Integer.parseInt(page));
        });
  }

  private Map<String, String> options() {
    return new HashMap<>(
        Map.of(
            "url", api.url("/items?start_id={id}"),
            "offsetType", "incremental",
            "offsetField", "id",
            "pagination", "nextUrl",
            "nextField", "next"));
  }

  private double poller() {
    long start = System.nanoTime();
    long rows = 0;
    try (RestPoller poller = RestPoller.open(RestConfig.parse(options(), ReadMode.BATCH))) {
      Position position = poller.start();
      do {
        Page page = (Page) poller.poll(Input.EMPTY, position).join();
        rows += page.records().size();
        position = page.next();
      } while (!position.betweenCycles());
    }
    return perSecond(rows, start);
  }

  private DataStreamReader rest() {
    return spark
        .readStream()
        .format("rest")
        .options(options())
        .option("batchSize", String.valueOf(20 * RECORDS));
  }

  private double stream(DataStreamReader reader) throws TimeoutException, StreamingQueryException {
    return drain(reader.load());
  }

  private double files() throws TimeoutException, StreamingQueryException {
    return drain(
        spark
            .readStream()
            .schema(SCHEMA)
            .option("maxFilesPerTrigger", 20)
            .json(directory.resolve("files").toString()));
  }

  private double drain(Dataset<Row> stream) throws TimeoutException, StreamingQueryException {
    long start = System.nanoTime();
    StreamingQuery query =
        stream
            .writeStream()
            .format("noop")
            .option("checkpointLocation", directory.resolve("checkpoint-" + runs++).toString())
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    long rows =
        Arrays.stream(query.recentProgress()).mapToLong(progress -> progress.numInputRows()).sum();
    return perSecond(rows, start);
  }

  private double perSecond(long rows, long start) {
    double rate = rows * NANOS / (System.nanoTime() - start);
    if (rows != (long) pages * RECORDS) {
      throw new IllegalStateException(
          "Expected %d rows, but had %d".formatted((long) pages * RECORDS, rows));
    }
    return rate;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(file);
      }
    }
  }
}
