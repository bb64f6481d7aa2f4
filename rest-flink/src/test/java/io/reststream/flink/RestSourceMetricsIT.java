package io.reststream.flink;

import static io.reststream.flink.TenantApi.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Fault;
import io.reststream.testkit.process.Until;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a running job tells Flink's metrics. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RestSourceMetricsIT {

  @Test
  void aJobTellsRecordsBytesRequestsErrorsAndItsWait(MiniFlink.Running flink) throws Exception {
    try (TenantApi api = new TenantApi(3)) {
      api.append(0, 1, 7);
      api.api().fault(Fault.status(503));
      Pace pace = new Pace();
      Received<String> received = new Received<>();
      var env = flink.environment(1);
      received.from(
          pace.of(
              read(
                  env,
                  api.source(0)
                      .streamingInterval(Duration.ofHours(1))
                      .option("retryBaseDelay", "1ms")
                      .build())));

      try (Job job = Job.start(env)) {
        pace.allow(1);
        awaitMetric(flink, job, "pendingRecords", 6);
        awaitMetric(flink, job, "rest.requests", 4);
        assertThat(metric(flink, job, "rest.errors")).isEqualTo(1);
        assertThat(metric(flink, job, "rest.pages")).isEqualTo(3);
        assertThat(metric(flink, job, "rest.recordsDropped")).isZero();
        Until.holds(
            "a wait of about an hour",
            Job.LIMIT,
            () -> metric(flink, job, "rest.currentWaitMs") > Duration.ofMinutes(55).toMillis());

        pace.free();
        assertThat(received.await(7, Job.LIMIT, job)).isEqualTo(api.published());
        awaitMetric(flink, job, "pendingRecords", 0);
        awaitMetric(flink, job, "numRecordsIn", 7);
        assertThat(metric(flink, job, "numBytesIn")).isEqualTo(bytesOfThePages(api.published()));
      }
    }
  }

  /** Three arrays: the records, and a comma or a bracket behind each, and a bracket before. */
  private static long bytesOfThePages(List<String> records) {
    return records.stream().mapToLong(record -> record.length() + 1).sum() + 3;
  }

  private static void awaitMetric(MiniFlink.Running flink, Job job, String name, long value) {
    Until.holds(name + " = " + value, Job.LIMIT, () -> metric(flink, job, name) == value);
  }

  /** Of the source's operator; -1 before it is there. */
  private static long metric(MiniFlink.Running flink, Job job, String name) {
    return flink.metrics().getMetricsByIdentifiers(job.client().getJobID()).entrySet().stream()
        .filter(metric -> metric.getKey().endsWith("Source: rest.0." + name))
        .map(Map.Entry::getValue)
        .mapToLong(RestSourceMetricsIT::value)
        .findFirst()
        .orElse(-1);
  }

  private static long value(Metric metric) {
    return metric instanceof Counter counter
        ? counter.getCount()
        : ((Number) ((Gauge<?>) metric).getValue()).longValue();
  }
}
