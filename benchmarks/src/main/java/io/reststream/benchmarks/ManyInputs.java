package io.reststream.benchmarks;

import io.reststream.flink.RestSource;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Do more inputs give more rows per second from an API that takes 20 ms for each answer? Each input
 * has as many pages of 100 records, which follow one another; 64 requests at most are under way.
 * The answers are the rows per second of a Spark stream that drains them into a sink that takes
 * all, and of a bounded Flink job with one reader, with 1, 16 and 64 inputs in turns.
 *
 * <pre>{@code
 * java -Xmx1g -Dsun.net.httpserver.nodelay=true --add-exports java.base/sun.nio.ch=ALL-UNNAMED \
 *     -cp "target/classes:$(cat target/classpath)" io.reststream.benchmarks.ManyInputs 100 3
 * }</pre>
 */
public final class ManyInputs {
  private static final int RECORDS = 100;
  private static final int[] INPUTS = {1, 16, 64};
  private static final double NANOS = 1e9;
  private static final Executor LATE = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  private final SparkSession spark;
  private final FakeApi api;
  private final int pages;
  private final Path directory;
  private int runs;

  private ManyInputs(SparkSession spark, FakeApi api, int pages, Path directory) {
    this.spark = spark;
    this.api = api;
    this.pages = pages;
    this.directory = directory;
  }

  /** Takes how many pages each input has, and how many rounds; the first one warms up. */
  public static void main(String[] args) throws Exception {
    SparkSession spark = LocalSession.open();
    Path directory = Files.createTempDirectory(Path.of("target"), "many-inputs");
    try (FakeApi api = FakeApi.start().withoutLog()) {
      ManyInputs many = new ManyInputs(spark, api, Integer.parseInt(args[0]), directory);
      api.serve("/items", many::answer);
      for (int round = 0; round <= Integer.parseInt(args[1]); round++) {
        for (int inputs : INPUTS) {
          double rows = (double) inputs * many.pages * RECORDS;
          System.out.printf(
              Locale.ROOT,
              "round %d, %d inputs: rows/s of Spark %.0f, of Flink %.0f%n",
              round,
              inputs,
              rows / many.spark(inputs),
              rows / many.flink(inputs));
        }
      }
    } finally {
      spark.stop();
    }
  }

  private Answer answer(Request asked) {
    String given = asked.param("page");
    int page = given == null ? 0 : Integer.parseInt(given);
    String records =
        IntStream.range(0, RECORDS)
            .mapToObj(i -> "{\"id\":%d,\"name\":\"record\"}".formatted(page * RECORDS + i + 1))
            .collect(Collectors.joining(","));
    String next =
        page + 1 < pages ? "\"/items?n=%s&page=%d\"".formatted(asked.param("n"), page + 1) : "null";
    CompletableFuture.runAsync(() -> {}, LATE).join();
    return Answer.json("{\"next\":%s,\"data\":[%s]}".formatted(next, records));
  }

  private Map<String, String> options(int inputs) {
    return new HashMap<>(
        Map.of(
            "url", api.url("/items?n={n}&start_id={id}"),
            "offsetType", "incremental",
            "offsetField", "id",
            "order", "ascending",
            "pagination", "nextUrl",
            "nextField", "next",
            "maxConcurrentRequests", "64",
            "inputData",
                IntStream.range(0, inputs)
                    .mapToObj("{\"n\":%d}"::formatted)
                    .collect(Collectors.joining(",", "[", "]"))));
  }

  private double spark(int inputs) throws Exception {
    Map<String, String> options = options(inputs);
    options.put("batchSize", "20000");
    long start = System.nanoTime();
    spark
        .readStream()
        .format("rest")
        .options(options)
        .load()
        .writeStream()
        .format("noop")
        .option("checkpointLocation", directory.resolve("run" + runs++).toString())
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();
    return (System.nanoTime() - start) / NANOS;
  }

  private double flink(int inputs) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("rest.bind-address", "127.0.0.1");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    RestSource<String> source =
        RestSource.<String>builder()
            .options(options(inputs))
            .bounded()
            .deserializer(RestDeserializer.string())
            .build();
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "rest").sinkTo(new DiscardingSink<>());
    long start = System.nanoTime();
    env.execute("many inputs");
    return (System.nanoTime() - start) / NANOS;
  }
}
