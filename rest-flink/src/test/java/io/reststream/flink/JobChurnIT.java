package io.reststream.flink;

import static io.reststream.flink.TenantApi.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.flink.kill.UserCode;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.process.Until;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Jobs started and cancelled one after the other on a cluster that runs on, each with its classes
 * loaded anew: neither a thread nor a class loader of theirs stays.
 */
@ExtendWith(MiniFlink.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class JobChurnIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int REQUESTS = 3;

  /** A few of the last jobs' loaders stay until later jobs take their place, however many ran. */
  private static final int LATER_JOBS = 10;

  private static final String SOURCE = "Source: ";

  /** Of the jobs so far, those that were not collected, with the numbers of their jobs. */
  private final Map<ClassLoader, Integer> loaders = new WeakHashMap<>();

  @Test
  void aJobThatWasCancelledLeavesNoThreadAndNoClassLoaderBehind(MiniFlink.Running flink)
      throws Exception {
    int jobs = Boolean.getBoolean("reststream.full") ? 50 : 5;
    try (TenantApi api = new TenantApi(3)) {
      api.append(0, 1, 7);
      api.append(1, 1, 7);
      churn(
          flink,
          jobs,
          api.api(),
          env -> read(env, api.source(0, 1).build()).sinkTo(new DiscardingSink<>()));
    }
  }

  @Test
  @Tag("full")
  void aLookupJoinWithACacheLeavesNothingBehindEither(MiniFlink.Running flink) throws Exception {
    try (TenantApi orders = new TenantApi(3);
        UserApi users = new UserApi()) {
      orders.append(0, 1, 7);
      churn(
          flink,
          5,
          users.api(),
          env ->
              CachedJoin.of(SqlTables.streaming(env), orders, users)
                  .sinkTo(new DiscardingSink<>()));
    }
  }

  private interface Reading {
    void in(StreamExecutionEnvironment environment);
  }

  private void churn(MiniFlink.Running flink, int jobs, FakeApi asked, Reading reading)
      throws Exception {
    Map<String, Long> before = threads();
    for (int job = 0; job < jobs + LATER_JOBS; job++) {
      run(flink, asked, reading, job);
    }
    Map<String, Long> atTheEnd = threads();

    collected(
        "threads of jobs: %s before, %s at the end".formatted(before, atTheEnd),
        () ->
            threads().entrySet().stream()
                .filter(now -> now.getValue() > before.getOrDefault(now.getKey(), 0L))
                .map(Object::toString));
    collected(
        "class loaders, by the numbers of their jobs",
        () -> loaders.values().stream().filter(job -> job < jobs).map(Object::toString));
    System.out.printf(
        "%d jobs; threads %s before, %s at the end, %s after; class loaders left of the jobs %s%n",
        jobs, before, atTheEnd, threads(), loaders.values());
  }

  private interface Leftover {
    Stream<String> list();
  }

  private static void collected(String what, Leftover leftover) {
    try {
      Until.holds(
          what,
          LIMIT,
          () -> {
            System.gc();
            return leftover.list().findAny().isEmpty();
          });
    } catch (AssertionError e) {
      throw new AssertionError(what + ", still there: " + leftover.list().toList(), e);
    }
  }

  private void run(MiniFlink.Running flink, FakeApi asked, Reading reading, int number)
      throws Exception {
    var env = flink.environment(1, new Configuration(), List.of(UserCode.addresses()));
    reading.in(env);
    try (Job job = Job.start(env)) {
      var unused = asked.awaitRequests(asked.requests().size() + REQUESTS, LIMIT);
      rememberLoaders(number);
    }
  }

  /** The threads of the task and of its coordinator know the job's classes. */
  private void rememberLoaders(int job) throws ClassNotFoundException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      ClassLoader context = thread.getContextClassLoader();
      if (thread.getName().contains(SOURCE) && context != null) {
        loaders.putIfAbsent(
            Class.forName(RestSource.class.getName(), false, context).getClassLoader(), job);
      }
    }
    assertThat(loaders).containsValue(job).doesNotContainKey(RestSource.class.getClassLoader());
  }

  /** How many threads there are that a source starts, by name without its numbers. */
  private static Map<String, Long> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(thread -> thread.getName().replaceAll("\\d+", "#"))
        .filter(
            name -> Stream.of("HttpClient-", "Source", "reststream-").anyMatch(name::startsWith))
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
  }
}
