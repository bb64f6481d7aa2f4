package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.flink.deserializer.RestDeserializer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Inputs come and go while readers fail, each alone: nothing is shuffled, so that Flink starts only
 * the reader again that has failed, and gives back what it was assigned since the last checkpoint.
 */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DynamicInputsFailureIT {
  private static final int TENANTS = 6;
  private static final int STEPS = 12;
  private static final AtomicInteger FAILURES = new AtomicInteger();
  private static final AtomicInteger FAILED = new AtomicInteger();

  private final Tenants tenants = new Tenants();
  private final Random random = new Random(Long.getLong("seed", 1));

  @Test
  void eachRecordComesOnce(MiniFlink.Running flink) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1_000);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    var env = flink.environment(3, configuration);
    env.enableCheckpointing(20);
    Committed committed = new Committed();
    FAILED.set(0);
    try (TenantApi api = new TenantApi(2)) {
      var source =
          RestSource.<String>builder()
              .url(api.api().url("/{tenant}/items?from={id}"))
              .option("offsetType", "incremental")
              .offsetField("id")
              .streamingInterval(Duration.ofMillis(5))
              .dynamicInputs(tenants, Duration.ofMillis(5))
              .deserializer(RestDeserializer.string())
              .build();
      committed.from(TenantApi.read(env, source).map(new Fails()));
      try (Job job = Job.start(env)) {
        long[] next = new long[TENANTS];
        for (int step = 0; step < STEPS; step++) {
          int tenant = random.nextInt(TENANTS);
          if (!tenants.there().remove(tenant)) {
            tenants.there().add(tenant);
          }
          int some = random.nextInt(TENANTS);
          api.append(some, next[some] + 1, 1 + random.nextInt(4));
          next[some] += 4;
          if (random.nextInt(4) == 0) {
            FAILURES.set(1);
          }
          awaitDiscoveries(random.nextInt(4), job);
        }
        for (int tenant = 0; tenant < TENANTS; tenant++) {
          tenants.there().add(tenant);
          api.append(tenant, next[tenant] + 1, 1);
        }
        int published = api.published().size();
        assertThat(committed.await(published, Job.LIMIT, job))
            .containsExactlyInAnyOrderElementsOf(api.published());
        assertThat(FAILED).hasPositiveValue();
      }
    }
  }

  private void awaitDiscoveries(long count, Job job) throws Exception {
    long before = tenants.discoveries();
    long end = System.nanoTime() + Job.LIMIT.toNanos();
    while (tenants.discoveries() < before + count) {
      job.throwFailure();
      assertThat(System.nanoTime()).as("the inputs are discovered no more").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /** Fails at the next record, as often as was asked for. */
  private static final class Fails extends RichMapFunction<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String map(String record) {
      if (FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        FAILED.incrementAndGet();
        throw new IllegalStateException("This reader fails now");
      }
      return record;
    }
  }
}
