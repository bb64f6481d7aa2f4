package io.reststream.benchmarks;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Position;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
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
 * What does a poll cost that finds nothing new, beyond the bare request? (a) the JDK's client alone
 * over loopback, (b) the poller over loopback, (c) the poller over a transport in memory, which is
 * the poller alone. The answer is the time of b over that of a.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class IdlePollBenchmark {
  private static final String EMPTY = "{\"data\":[]}";
  private static final String TAG = "\"5d8c72a5edda8d6a\"";

  /** What an idle feed answers: a page without records, or 304. */
  @Param({"empty", "unchanged"})
  public String answer;

  private FakeApi api;
  private HttpClient client;
  private HttpRequest request;
  private RestPoller poller;
  private RestPoller inMemory;
  private Position idle;
  private Position idleInMemory;

  /** Serves an idle feed, and asks it once. */
  @Setup(Level.Trial)
  public void serve() {
    boolean tagged = answer.equals("unchanged");
    api = FakeApi.start().withoutLog();
    Answer whole = tagged ? Answer.json(EMPTY).header("ETag", TAG) : Answer.json(EMPTY);
    Answer unchanged = Answer.status(304).header("ETag", TAG);
    api.serve("/items", asked -> asked.header("If-None-Match") == null ? whole : unchanged);
    client = HttpClient.newHttpClient();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(api.url("/items?start_id=0")))
            .timeout(Duration.ofSeconds(60));
    request = (tagged ? builder.header("If-None-Match", TAG) : builder).build();
    RestConfig config =
        RestConfig.parse(
            Map.of(
                "url", api.url("/items?start_id={id}"),
                "offsetType", "incremental",
                "offsetField", "id"),
            ReadMode.STREAM);
    poller = RestPoller.open(config);
    inMemory = new RestPoller(config, new InMemory(tagged), InstantSource.system());
    idle = idle(poller);
    idleInMemory = idle(inMemory);
  }

  private static Position idle(RestPoller poller) {
    return ((Page) poller.poll(Input.EMPTY, poller.start()).join()).next().dueAtOnce();
  }

  /** Answers at once. */
  private static final class InMemory implements Transport {
    private final RestResponse whole;
    private final RestResponse unchanged;

    InMemory(boolean tagged) {
      Map<String, List<String>> headers = tagged ? Map.of("ETag", List.of(TAG)) : Map.of();
      whole = new RestResponse(200, headers, EMPTY.getBytes(StandardCharsets.UTF_8));
      unchanged = new RestResponse(304, headers, new byte[0]);
    }

    @Override
    public CompletableFuture<RestResponse> send(RestRequest asked) {
      return CompletableFuture.completedFuture(
          asked.headers().containsKey("If-None-Match") ? unchanged : whole);
    }

    @Override
    public void close() {}
  }

  /** Ends what was started. */
  @TearDown(Level.Trial)
  public void close() {
    poller.close();
    inMemory.close();
    api.close();
  }

  /** (a) The request, by the JDK's client alone. */
  @Benchmark
  public int request() {
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).join().body().length;
  }

  /** (b) The poll. */
  @Benchmark
  public Position poll() {
    return next(poller, idle);
  }

  /** (c) The poll without a network. */
  @Benchmark
  public Position pollInMemory() {
    return next(inMemory, idleInMemory);
  }

  private Position next(RestPoller of, Position from) {
    Page page = (Page) of.poll(Input.EMPTY, from).join();
    if ((page.info().status() == 304) != answer.equals("unchanged")) {
      throw new IllegalStateException("Expected " + answer + ", but was " + page.info());
    }
    return page.next();
  }

  /** Runs the three, and prints b over a. */
  public static void main(String[] args) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(IdlePollBenchmark.class.getSimpleName())
                    .jvmArgsAppend("-Dsun.net.httpserver.nodelay=true")
                    .build())
            .run();
    Map<String, Map<String, Double>> scores = new TreeMap<>();
    for (RunResult result : results) {
      scores
          .computeIfAbsent(result.getParams().getParam("answer"), key -> new TreeMap<>())
          .put(result.getPrimaryResult().getLabel(), result.getPrimaryResult().getScore());
    }
    System.out.printf(
        "%n%10s %14s %11s %16s %6s%n",
        "answer", "a request us", "b poll us", "c in memory us", "b/a");
    scores.forEach(
        (name, score) -> {
          double a = score.getOrDefault("request", Double.NaN);
          double b = score.getOrDefault("poll", Double.NaN);
          double c = score.getOrDefault("pollInMemory", Double.NaN);
          System.out.printf("%10s %14.1f %11.1f %16.2f %6.2f%n", name, a, b, c, b / a);
        });
  }
}
