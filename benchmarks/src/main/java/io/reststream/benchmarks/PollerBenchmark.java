package io.reststream.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Position;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.core.http.JdkTransport;
import io.reststream.core.http.RestRequest;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What does the poller cost beyond fetching a page and reading its JSON? Pages of records of about
 * 135 bytes over loopback: (a) the body only, (b) the body and Jackson's bare token loop, (c) the
 * poller. The answer is the throughput of c over that of b.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class PollerBenchmark {
  private static final JsonFactory JSON = new JsonFactory();

  /** Records per page. */
  @Param({"100", "1000", "10000"})
  public int records;

  private FakeApi api;
  private JdkTransport transport;
  private RestRequest request;
  private RestPoller poller;
  private Position start;

  /** Serves one page, again and again. */
  @Setup(Level.Trial)
  public void serve() {
    api = FakeApi.start();
    Answer answer = Answer.json(page(records));
    api.serve("/items", asked -> answer);
    transport = new JdkTransport(Duration.ofSeconds(10));
    request =
        new RestRequest(
            "GET",
            URI.create(api.url("/items?start_id=0")),
            Map.of(),
            null,
            Duration.ofSeconds(60));
    poller =
        RestPoller.open(
            RestConfig.parse(
                Map.of(
                    "url", api.url("/items?start_id={id}"),
                    "offsetType", "incremental",
                    "offsetField", "id"),
                ReadMode.STREAM));
    start = poller.start();
  }

  private static String page(int records) {
    StringBuilder page = new StringBuilder("{\"data\":[");
    for (int i = 1; i <= records; i++) {
      page.append(i == 1 ? "" : ",")
          .append(
              "{\"id\":%d,\"user\":\"user-%06d\",\"action\":\"viewed\",\"ok\":true,"
                  .formatted(i, i))
          .append(
              "\"amount\":%d.25,\"at\":\"2024-05-01T12:00:00Z\",\"tags\":[\"a\",\"b\"]}"
                  .formatted(i % 1000));
    }
    return page.append("]}").toString();
  }

  /** Ends what was started. */
  @TearDown(Level.Trial)
  public void close() {
    poller.close();
    transport.close();
    api.close();
  }

  /** (a) The body only. */
  @Benchmark
  public int fetch() {
    return transport.send(request).join().body().length;
  }

  /** (b) The body, and each of its tokens. */
  @Benchmark
  public int fetchAndTokens() throws IOException {
    int tokens = 0;
    try (JsonParser parser = JSON.createParser(transport.send(request).join().body())) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }

  /** (c) The records, and the position after them. */
  @Benchmark
  public Position poll() {
    Page page = (Page) poller.poll(Input.EMPTY, start).join();
    if (page.records().size() != records) {
      throw new IllegalStateException("Expected " + records + " records, but was " + page);
    }
    return page.next();
  }

  /** Runs the three, and prints c over b. */
  public static void main(String[] args) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(PollerBenchmark.class.getSimpleName())
                    .jvmArgsAppend("-Dsun.net.httpserver.nodelay=true")
                    .build())
            .run();
    Map<Integer, Map<String, Double>> scores = new TreeMap<>();
    for (RunResult result : results) {
      String name = result.getPrimaryResult().getLabel();
      int size = Integer.parseInt(result.getParams().getParam("records"));
      scores
          .computeIfAbsent(size, key -> new TreeMap<>())
          .put(name, result.getPrimaryResult().getScore());
    }
    System.out.printf(
        "%n%8s %12s %12s %12s %6s%n", "records", "a fetch/s", "b tokens/s", "c poll/s", "c/b");
    scores.forEach(
        (size, score) -> {
          double b = score.getOrDefault("fetchAndTokens", Double.NaN);
          double c = score.getOrDefault("poll", Double.NaN);
          double a = score.getOrDefault("fetch", Double.NaN);
          System.out.printf("%8d %12.1f %12.1f %12.1f %6.2f%n", size, a, b, c, c / b);
        });
  }
}
