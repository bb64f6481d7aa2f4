package io.reststream.flink;

import static io.reststream.flink.TenantApi.path;
import static io.reststream.flink.TenantApi.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Fault;
import io.reststream.testkit.Gate;
import io.reststream.testkit.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the API sees of a job with several readers that share its limits and its pauses. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SharedLimitsIT {
  private final TenantApi api = new TenantApi(3);
  private final Received<String> received = new Received<>();

  @TempDir Path savepoints;

  @AfterEach
  void close() {
    api.close();
  }

  private Job start(MiniFlink.Running flink, int parallelism, RestSourceBuilder<String> source)
      throws Exception {
    var env = flink.environment(parallelism);
    received.from(read(env, source.build()));
    return Job.start(env);
  }

  @Test
  void allReadersTogetherKeepToRequestsPerSecond(MiniFlink.Running flink) throws Exception {
    int perSecond = 10;
    int requests = 40;
    Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
    api.api().beforeAnswer(request -> arrivals.add(System.nanoTime()));
    var source = api.source(0, 1, 2, 3, 4, 5).option("requestsPerSecond", "" + perSecond);

    try (Job job = start(flink, 3, source)) {
      var unused = api.api().awaitRequests(requests, Job.LIMIT);
    }

    List<Long> times = arrivals.stream().limit(requests).sorted().toList();
    Duration taken = Duration.ofNanos(times.get(times.size() - 1) - times.get(0));
    assertThat(taken)
        .as("3.7 s if they share, 1.2 s if each has the whole rate, with room for delays")
        .isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void allReadersTogetherKeepToMaxConcurrentRequests(MiniFlink.Running flink) throws Exception {
    int[] tenants = IntStream.range(0, 8).toArray();
    for (int tenant : tenants) {
      api.append(tenant, 1, 7);
    }
    Gate gate = new Gate();
    api.api().fault(Collections.nCopies(tenants.length, Fault.held(gate)).toArray(new Fault[0]));
    var source = api.source(tenants).option("maxConcurrentRequests", "2");

    try (Job job = start(flink, 4, source)) {
      gate.awaitArrivals(2, Job.LIMIT);
      CommonTestUtils.waitForAllTaskRunning(flink.cluster(), job.client().getJobID(), false);
      var unused = job.savepoint(savepoints);
      assertThat(gate.arrivals()).isEqualTo(2);

      gate.open();
      var all = received.await(api.published().size(), Job.LIMIT, job);
      assertThat(all).containsExactlyInAnyOrderElementsOf(api.published());
    }
  }

  @Test
  void a429ThatOneReaderGetsHoldsTheOthersUp(MiniFlink.Running flink) throws Exception {
    var source = api.source(0, 1).streamingInterval(Duration.ofMillis(50));
    try (Job job = start(flink, 2, source)) {
      api.api().awaitReadToTheEnd(3, Job.LIMIT);
      int asked = api.api().requests(path(0)).size();
      api.api().fault(path(0), Fault.tooManyRequests("3"));
      while (api.api().requests(path(0)).size() < asked + 3) {
        var unused = api.api().awaitRequests(api.api().requests().size() + 1, Job.LIMIT);
      }
    }

    assertThat(api.api().pendingFaults()).isZero();
    assertThat(longestSilenceOf(path(0), api.api().requests()))
        .as("the other reader's requests meanwhile: 60 if it does not wait, one or two if it does")
        .isLessThan(20);
  }

  /** How many other requests came at most between one for this path and the next. */
  private static int longestSilenceOf(String path, List<Request> requests) {
    int longest = 0;
    int others = 0;
    for (Request request : requests) {
      others = request.path().equals(path) ? 0 : others + 1;
      longest = Math.max(longest, others);
    }
    return longest;
  }

  @Test
  void waitingForHoursHoldsUpNeitherCheckpointNorCancel(MiniFlink.Running flink) throws Exception {
    api.append(0, 1, 2);
    api.append(1, 1, 2);
    try (Job job = start(flink, 2, api.source(0, 1))) {
      var unused = received.await(4, Job.LIMIT, job);
      api.api().fault(path(0), Fault.tooManyRequests("7200"));
      while (api.api().pendingFaults() > 0) {
        Thread.onSpinWait();
      }

      String savepoint = job.savepoint(savepoints);
      assertThat(savepoint).isNotEmpty();
      long start = System.nanoTime();
      job.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
  }
}
