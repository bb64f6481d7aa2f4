package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.flink.deserializer.RestDeserializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Inputs that come and go while a job runs. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DynamicInputsIT {
  private final TenantApi api = new TenantApi(4);
  private final Tenants tenants = new Tenants();
  private final Received<String> received = new Received<>();

  @TempDir Path savepoints;

  @AfterEach
  void close() {
    api.close();
  }

  private RestSourceBuilder<String> source() {
    return RestSource.<String>builder()
        .url(api.api().url("/{tenant}/items?from={id}"))
        .option("offsetType", "incremental")
        .offsetField("id")
        .streamingInterval(Duration.ofMillis(20))
        .dynamicInputs(tenants, Duration.ofMillis(20))
        .deserializer(RestDeserializer.string());
  }

  private Job start(StreamExecutionEnvironment env) throws Exception {
    received.from(TenantApi.read(env, source().build()));
    return Job.start(env);
  }

  private void awaitAll(Job job) throws Exception {
    var unused = received.await(api.published().size(), Job.LIMIT, job);
    awaitRequests();
    assertThat(received.values()).containsExactlyInAnyOrderElementsOf(api.published());
  }

  /** Waits until those who are there were asked for several times more. */
  private void awaitRequests() throws Exception {
    var unused = api.api().awaitRequests(api.api().requests().size() + 20, Job.LIMIT);
  }

  private void append(long first, int count, int... some) {
    for (int tenant : some) {
      api.append(tenant, first, count);
    }
  }

  /** Waits until a tenant is asked for no more, while the others are. */
  private int awaitLeftAlone(int tenant) throws Exception {
    for (int before = -1; ; ) {
      int now = api.api().requests(TenantApi.path(tenant)).size();
      if (now == before) {
        return now;
      }
      before = now;
      awaitRequests();
    }
  }

  @Test
  void inputsThatComeAndGoAreReadWhileTheyAreThere(MiniFlink.Running flink) throws Exception {
    append(1, 5, 0, 1);
    tenants.there().addAll(List.of(0, 1));
    String savepoint;
    try (Job job = start(flink.environment(2))) {
      awaitAll(job);

      append(1, 5, 2);
      tenants.there().add(2);
      awaitAll(job);

      tenants.there().remove(1);
      int asked = awaitLeftAlone(1);
      append(6, 5, 0);
      awaitAll(job);
      assertThat(api.api().requests(TenantApi.path(1))).hasSize(asked);

      savepoint = job.stop(savepoints);
    }

    append(6, 5, 2);
    int asked = api.api().requests(TenantApi.path(1)).size();
    try (Job job = start(flink.restored(3, savepoint))) {
      awaitAll(job);
      assertThat(api.api().requests(TenantApi.path(1))).hasSize(asked);

      append(6, 5, 1);
      tenants.there().addAll(List.of(1, 3));
      append(1, 5, 3);
      awaitAll(job);
    }
    assertThat(api.api().requests(TenantApi.path(1)).get(asked).param("from")).isEqualTo("6");
  }

  @Test
  void theLastInputOfAReaderMayGoAndComeAgain(MiniFlink.Running flink) throws Exception {
    append(1, 3, 0);
    append(1, 3, 1);
    tenants.there().addAll(List.of(0, 1));
    try (Job job = start(flink.environment(2))) {
      awaitAll(job);
      tenants.there().remove(0);
      int asked = awaitLeftAlone(0);

      append(4, 3, 0);
      tenants.there().add(0);
      awaitAll(job);
      assertThat(api.api().requests(TenantApi.path(0)).get(asked).param("from")).isEqualTo("4");
    }
  }

  /** Flink keeps what it has paused by the names of the splits, and these end and come again. */
  @Test
  void anInputMayGoAndComeAgainWhileWatermarkAlignmentHoldsItBack(MiniFlink.Running flink)
      throws Exception {
    append(1, 1, 0, 1);
    tenants.there().addAll(List.of(0, 1));
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(10));
    var env = flink.environment(1, configuration);
    received.from(
        env.fromSource(
                source().build(),
                WatermarkStrategy.<String>forMonotonousTimestamps()
                    .withTimestampAssigner((record, none) -> seconds(record) * 1000)
                    .withWatermarkAlignment("rest", Duration.ofSeconds(20), Duration.ofMillis(10)),
                "rest")
            .uid("rest"));
    try (Job job = Job.start(env)) {
      awaitAll(job);
      for (long ahead = 1_000; ahead <= 2_000; ahead += 1_000) {
        append(ahead, 500, 1);
        var unused = awaitLeftAlone(1); // paused: it is not read to its end
        assertThat(received.values()).hasSizeLessThan(api.published().size());
        tenants.there().remove(1);
        awaitDiscoveries();
        tenants.there().add(1);
        awaitDiscoveries();
        append(ahead + 500, 1, 0);
        awaitAll(job);
      }
    }
  }

  private static long seconds(String record) {
    return Long.parseLong(record.replaceAll(".*\"id\":(\\d+).*", "$1"));
  }

  /** Waits until the inputs were looked for again, and what is there was asked for. */
  private void awaitDiscoveries() throws Exception {
    long before = tenants.discoveries();
    while (tenants.discoveries() < before + 2) {
      awaitRequests();
    }
  }

  @Test
  void aJobMayStartWithoutAnyInput(MiniFlink.Running flink) throws Exception {
    try (Job job = start(flink.environment(2))) {
      append(1, 3, 5);
      tenants.there().add(5);
      awaitAll(job);
    }
  }

  @Test
  void aBoundedReadReadsWhatIsThere(MiniFlink.Running flink) throws Exception {
    append(1, 5, 0, 1, 2);
    tenants.there().addAll(List.of(0, 1, 2));
    var env = flink.environment(2);
    received.from(TenantApi.read(env, source().bounded().build()));
    try (Job job = Job.start(env)) {
      var unused = job.result();
    }
    assertThat(received.values()).containsExactlyInAnyOrderElementsOf(api.published());
  }

  @Test
  void splitsAreBalancedByCountAfterRescale(MiniFlink.Running flink) throws Exception {
    int[] some = IntStream.range(0, 9).toArray();
    append(1, 2, some);
    IntStream.of(some).forEach(tenants.there()::add);
    String savepoint;
    try (Job job = start(flink.environment(1))) {
      awaitAll(job);
      savepoint = job.stop(savepoints);
    }
    append(3, 2, some);
    Received<Integer> readers = new Received<>();
    var env = flink.restored(3, savepoint);
    var stream = TenantApi.read(env, source().build());
    readers.from(stream.map(new Subtask()));
    received.from(stream);
    try (Job job = Job.start(env)) {
      awaitAll(job);
      assertThat(
              readers.await(18, Job.LIMIT, job).stream()
                  .collect(Collectors.groupingBy(reader -> reader, Collectors.counting())))
          .containsOnlyKeys(0, 1, 2)
          .allSatisfy((reader, records) -> assertThat(records).isEqualTo(6));
    }
  }

  /** The number of the reader, which is chained to it. */
  private static final class Subtask extends RichMapFunction<String, Integer> {
    @Override
    public Integer map(String record) {
      return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }
  }

  @Test
  void whatIsWrongIsSaidAtOnce() {
    assertThatThrownBy(() -> source().url(api.api().url("/{owner}/items?from={id}")).build())
        .hasMessageContaining("'{owner}'");
    assertThatThrownBy(() -> source().inputData(TenantApi.inputs(1)).build())
        .hasMessage("Option 'inputData' has no meaning where the inputs are the rows of a table.");
    assertThatThrownBy(() -> source().dynamicInputs(tenants, Duration.ZERO))
        .hasMessage("The interval of discoveries must be at least 1 ms, but was PT0S");
  }

  @Test
  void anInputWithAnotherColumnFailsTheJob(MiniFlink.Running flink) throws Exception {
    var env = flink.environment(1);
    received.from(
        TenantApi.read(env, source().dynamicInputs(new Misnamed(), Duration.ofMillis(20)).build()));
    try (Job job = Job.start(env)) {
      assertThatThrownBy(job::result)
          .hasStackTraceContaining("The inputs could not be discovered: ")
          .hasStackTraceContaining(
              "The discovered input {\"owner\":\"t1\"} has a column 'owner', but the columns of the inputs are [tenant].");
    }
  }

  @Test
  void inputsOfAnotherFormThanTheStoredOnesAreRefused(MiniFlink.Running flink) throws Exception {
    append(1, 3, 0);
    tenants.there().add(0);
    String savepoint;
    try (Job job = start(flink.environment(1))) {
      awaitAll(job);
      savepoint = job.stop(savepoints);
    }
    tenants.there().clear();
    tenants.there().add(7);

    try (Job job = start(flink.restored(1, savepoint))) {
      assertThatThrownBy(job::result)
          .hasStackTraceContaining(
              "The stored positions are of other inputs, with the columns (tenant): none is among those that were found, with the columns (tenant), which would all be read from the start. Start anew, restore the inputs, or accept the change with 'acceptChanges'='inputData'.");
    }

    append(1, 3, 7);
    var env = flink.restored(1, savepoint);
    received.from(TenantApi.read(env, source().option("acceptChanges", "inputData").build()));
    try (Job job = Job.start(env)) {
      awaitAll(job);
    }
  }

  private static final class Misnamed implements DynamicInputs {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> columns() {
      return List.of("tenant");
    }

    @Override
    public Collection<Map<String, String>> discover() {
      return List.of(Map.of("owner", "t1"));
    }
  }
}
