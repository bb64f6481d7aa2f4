package io.reststream.flink;

import static io.reststream.flink.TenantApi.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.core.config.OffsetType;
import io.reststream.testkit.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that go on from a savepoint or a checkpoint. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RestSourceStateIT {
  private static final Duration CHECKPOINTS = Duration.ofMillis(30);

  private final TenantApi api = new TenantApi(4);
  private final Received<String> received = new Received<>();

  @TempDir Path savepoints;

  @AfterEach
  void close() {
    api.close();
  }

  private static int[] tenants(int count) {
    return IntStream.range(0, count).toArray();
  }

  private Job start(StreamExecutionEnvironment env, int... tenants) throws Exception {
    received.from(read(env, api.source(tenants).build()));
    return Job.start(env);
  }

  /** Everything arrives, and then nothing arrives twice. */
  private void awaitAllOf(Job job) throws Exception {
    var unused = received.await(api.published().size(), Job.LIMIT, job);
    api.api().awaitReadToTheEnd(3, Job.LIMIT);
    assertThat(received.values()).containsExactlyInAnyOrderElementsOf(api.published());
  }

  @Test
  void rescalesUpAndDownWithoutLossOrRepeat(MiniFlink.Running flink) throws Exception {
    int[] tenants = tenants(7);
    String savepoint = null;
    long next = 1;
    for (int parallelism : new int[] {2, 4, 1, 3}) {
      for (int tenant : tenants) {
        api.append(tenant, next, 5);
      }
      next += 5;
      StreamExecutionEnvironment env =
          savepoint == null
              ? flink.environment(parallelism)
              : flink.restored(parallelism, savepoint);
      try (Job job = start(env, tenants)) {
        awaitAllOf(job);
        savepoint = job.stop(savepoints);
      }
    }
  }

  @Test
  void aSavepointInTheMiddleOfAPageResumesWithTheRestOfThePage(MiniFlink.Running flink)
      throws Exception {
    int count = 20_000;
    try (TenantApi large = new TenantApi(count)) {
      large.append(0, 1, count);
      Committed committed = new Committed();
      Pace pace = new Pace();
      var env = flink.environment(1);
      committed.from(pace.of(read(env, large.source(0).build())));
      String savepoint;
      try (Job job = Job.start(env)) {
        pace.allow(3);
        pace.awaitPassed(3, Job.LIMIT);
        CompletableFuture<String> saving =
            job.client()
                .triggerSavepoint(savepoints.toUri().toString(), SavepointFormatType.CANONICAL);
        pace.allowOneByOneUntil(saving, count / 2);
        savepoint = saving.get(Job.LIMIT.toSeconds(), TimeUnit.SECONDS);
        pace.free();
      }
      int requests = large.api().requests().size();

      var resumed = flink.restored(1, savepoint);
      resumed.enableCheckpointing(CHECKPOINTS.toMillis());
      Pace free = new Pace();
      free.free();
      committed.from(free.of(read(resumed, large.source(0).build())));
      try (Job job = Job.start(resumed)) {
        assertThat(committed.await(count, Job.LIMIT, job)).isEqualTo(large.published());
        large.append(0, count + 1, 1);
        assertThat(committed.await(count + 1, Job.LIMIT, job)).isEqualTo(large.published());
      }
      assertThat(large.api().requests().subList(requests, large.api().requests().size()))
          .noneMatch(request -> "0".equals(request.param("from")));
    }
  }

  @Test
  void inputsMayBeReorderedRemovedAndAddedAgain(MiniFlink.Running flink) throws Exception {
    for (int tenant : tenants(3)) {
      api.append(tenant, 1, 5);
    }
    String savepoint;
    try (Job job = start(flink.environment(2), 0, 1, 2)) {
      awaitAllOf(job);
      savepoint = job.stop(savepoints);
    }

    int asked = api.api().requests(TenantApi.path(1)).size();
    api.append(3, 1, 5);
    api.append(0, 6, 1);
    try (Job job = start(flink.restored(2, savepoint), 3, 2, 0)) {
      awaitAllOfTenants(job);
      savepoint = job.stop(savepoints);
    }
    assertThat(api.api().requests(TenantApi.path(1))).hasSize(asked);

    api.append(1, 6, 3);
    api.append(3, 6, 1);
    try (Job job = start(flink.restored(3, savepoint), 1, 0, 2, 3)) {
      awaitAllOf(job);
    }
  }

  /** Like {@link #awaitAllOf}, where a tenant is not read any more. */
  private void awaitAllOfTenants(Job job) throws Exception {
    List<String> values = received.await(api.published().size(), Job.LIMIT, job);
    assertThat(values).containsExactlyInAnyOrderElementsOf(api.published());
  }

  @Test
  void aSavepointOfOtherOptionsIsRefusedUnlessTheChangeIsAccepted(MiniFlink.Running flink)
      throws Exception {
    api.append(0, 1, 5);
    String savepoint;
    try (Job job = start(flink.environment(1), 0)) {
      awaitAllOf(job);
      savepoint = job.stop(savepoints);
    }
    String otherUrl = api.api().url(TenantApi.path(0) + "?from={id}&also=1");

    assertRefused(flink, savepoint, api.source(0).method("POST"), "method");
    assertRefused(flink, savepoint, api.source(0).url(otherUrl), "url");
    assertRefused(flink, savepoint, api.source(0).offsetType(OffsetType.MAX_FIELD), "offsetType");

    api.append(0, 6, 1);
    var env = flink.restored(1, savepoint);
    received.from(read(env, api.source(0).url(otherUrl).option("acceptChanges", "url").build()));
    try (Job job = Job.start(env)) {
      awaitAllOf(job);
    }
  }

  private void assertRefused(
      MiniFlink.Running flink, String savepoint, RestSourceBuilder<String> source, String option)
      throws Exception {
    var env = flink.restored(1, savepoint);
    received.from(read(env, source.build()));
    try (Job job = Job.start(env)) {
      assertThat(catchThrowable(job::result))
          .hasStackTraceContaining(
              "The stored position was made with other values of the options %1$s. Start anew, restore the values, or accept the change with 'acceptChanges'='%1$s'."
                  .formatted(option));
    }
  }

  @Test
  void aSavepointGoesOnUnderOptionsThatDoNotChangeItsMeaning(MiniFlink.Running flink)
      throws Exception {
    api.append(0, 1, 5);
    String savepoint;
    try (Job job = start(flink.environment(1), 0)) {
      awaitAllOf(job);
      savepoint = job.stop(savepoints);
    }

    api.append(0, 6, 5);
    var env = flink.restored(1, savepoint);
    received.from(
        read(
            env,
            api.source(0)
                .streamingInterval(Duration.ofMillis(10))
                .batchSize(2)
                .readTimeout(Duration.ofSeconds(7))
                .option("maxRetries", "3")
                .header("Authorization", "Bearer another")
                .build()));
    try (Job job = Job.start(env)) {
      awaitAllOf(job);
    }
  }

  @Test
  void aFailureAfterEmissionLosesAndRepeatsNothingAlthoughTheApiAnswersInOtherPages(
      MiniFlink.Running flink) throws Exception {
    int each = 400;
    api.rechunked(7, 60);
    var env = flink.environment(2, restarts(100));
    env.enableCheckpointing(CHECKPOINTS.toMillis());
    Committed committed = new Committed();
    Failures failures = new Failures(100, 350, 351, 700, 1200);
    committed.from(
        read(env, api.source(0, 1, 2).batchSize(7).build()).map(failures.everySoOften()));

    for (int tenant : tenants(3)) {
      api.append(tenant, 1, each);
    }
    try (Job job = Job.start(env)) {
      var unused = committed.await(3 * each, Job.LIMIT, job);
      for (int tenant : tenants(3)) {
        api.append(tenant, each + 1, each);
      }
      assertThat(committed.await(6 * each, Job.LIMIT, job))
          .containsExactlyInAnyOrderElementsOf(api.published());
    }
    assertThat(failures.left()).isZero();
  }

  @Test
  void aReadWhoseRetriesAreUsedUpGoesOnWhereItWasWithTheRestartOfTheJob(MiniFlink.Running flink)
      throws Exception {
    var env = flink.environment(1, restarts(1));
    env.enableCheckpointing(CHECKPOINTS.toMillis());
    Committed committed = new Committed();
    committed.from(
        read(
            env, api.source(0).option("maxRetries", "1").option("retryBaseDelay", "10ms").build()));
    api.append(0, 1, 5);
    try (Job job = Job.start(env)) {
      var unused = committed.await(5, Job.LIMIT, job);
      api.api().fault(Fault.status(503), Fault.status(503));
      api.append(0, 6, 5);

      assertThat(committed.await(10, Job.LIMIT, job)).isEqualTo(api.published());
      var graph = flink.cluster().getArchivedExecutionGraph(job.client().getJobID()).get();
      assertThat(graph.getAllExecutionVertices())
          .allMatch(vertex -> vertex.getCurrentExecutionAttempt().getAttemptNumber() == 1);
    }
  }

  /**
   * A region that restarts while a checkpoint begins can end Flink's JobManager ("Some subtask
   * gateway can be closed while others cannot"); a little later the checkpoint is aborted.
   */
  private static Configuration restarts(int most) {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, most);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    return configuration;
  }

  /** Throws once at each of some numbers of records. */
  private static final class Failures {
    private static final Map<Long, Failures> ALL = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger thrown = new AtomicInteger();
    private final int[] at;

    Failures(int... at) {
      this.at = at;
      ALL.put(number, this);
    }

    int left() {
      return at.length - thrown.get();
    }

    MapFunction<String, String> everySoOften() {
      long reached = number;
      return value -> ALL.get(reached).pass(value);
    }

    private synchronized String pass(String value) {
      if (left() > 0 && seen.incrementAndGet() >= at[thrown.get()]) {
        thrown.incrementAndGet();
        throw new IllegalStateException("A failure on purpose at " + value);
      }
      return value;
    }
  }
}
