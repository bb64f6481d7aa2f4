package io.reststream.flink;

import static io.reststream.flink.TenantApi.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Gate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs that read, and end, fail or are cancelled. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RestSourceIT {
  private static final long BEYOND_A_DOUBLE = 9007199254740993L;

  private final TenantApi api = new TenantApi(3);

  public static class Item {
    public long id;
    public int tenant;
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aBoundedJobReadsOneCycleOfEachInputAndEnds(MiniFlink.Running flink) throws Exception {
    for (int tenant = 0; tenant < 5; tenant++) {
      api.append(tenant, 1, 7);
    }
    Received<String> received = new Received<>();
    var env = flink.environment(3);
    received.from(read(env, api.source(0, 1, 2, 3, 4).bounded().build()));

    try (Job job = Job.start(env)) {
      var unused = job.result();
    }

    assertThat(received.values()).containsExactlyInAnyOrderElementsOf(api.published());
  }

  @Test
  void aBoundedJobRunsInBatchModeToo(MiniFlink.Running flink) throws Exception {
    api.append(0, 1, 4);
    api.append(1, 1, 5);
    Received<String> received = new Received<>();
    var env = flink.environment(2);
    env.setRuntimeMode(RuntimeExecutionMode.BATCH);
    received.from(read(env, api.source(0, 1).bounded().build()));

    try (Job job = Job.start(env)) {
      var unused = job.result();
    }

    assertThat(received.values()).containsExactlyInAnyOrderElementsOf(api.published());
  }

  @Test
  void aBoundedJobWithMoreReadersThanInputsEnds(MiniFlink.Running flink) throws Exception {
    api.append(0, 1, 4);
    Received<String> received = new Received<>();
    var env = flink.environment(4);
    received.from(read(env, api.source(0).bounded().build()));

    try (Job job = Job.start(env)) {
      var unused = job.result();
    }

    assertThat(received.values()).isEqualTo(api.published());
  }

  @Test
  void inputsAreSpreadOverTheReaders(MiniFlink.Running flink) throws Exception {
    for (int tenant = 0; tenant < 4; tenant++) {
      api.append(tenant, 1, 2);
    }
    Received<Tuple2<Integer, String>> received = new Received<>();
    var env = flink.environment(4);
    received.from(
        read(env, api.source(0, 1, 2, 3).build())
            .map(new WithSubtask())
            .returns(Types.TUPLE(Types.INT, Types.STRING)));

    try (Job job = Job.start(env)) {
      var values = received.await(8, Job.LIMIT, job);
      assertThat(values.stream().map(value -> value.f0).distinct()).hasSize(4);
      api.append(2, 3, 1);
      assertThat(received.await(9, Job.LIMIT, job).get(8).f1).isEqualTo("{\"tenant\":2,\"id\":3}");
    }
  }

  private static final class WithSubtask extends RichMapFunction<String, Tuple2<Integer, String>> {
    @Override
    public Tuple2<Integer, String> map(String value) {
      return Tuple2.of(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), value);
    }
  }

  @Test
  void pojosTravelBetweenTasksWithoutKryo(MiniFlink.Running flink) throws Exception {
    api.append(0, BEYOND_A_DOUBLE, 2);
    Received<Item> received = new Received<>();
    var env = flink.environment(2);
    received.from(
        read(env, api.source(RestDeserializer.pojo(Item.class), 0).bounded().build()).rebalance());

    try (Job job = Job.start(env)) {
      var unused = job.result();
    }

    assertThat(received.values())
        .extracting(item -> item.id)
        .containsExactlyInAnyOrder(BEYOND_A_DOUBLE, BEYOND_A_DOUBLE + 1);
  }

  @Test
  void treesTravelBetweenTasksWithoutKryo(MiniFlink.Running flink) throws Exception {
    api.append(0, BEYOND_A_DOUBLE, 2);
    Received<JsonNode> received = new Received<>();
    var env = flink.environment(2);
    received.from(read(env, api.source(RestDeserializer.json(), 0).bounded().build()).rebalance());

    try (Job job = Job.start(env)) {
      var unused = job.result();
    }

    assertThat(received.values())
        .extracting(JsonNode::toString)
        .containsExactlyInAnyOrderElementsOf(api.published());
  }

  @Test
  void cancellingTakesLessThanASecondWhileARequestHangs(MiniFlink.Running flink) throws Exception {
    Gate gate = new Gate();
    api.api().fault(Fault.held(gate), Fault.held(gate));
    var env = flink.environment(2);
    new Received<String>().from(read(env, api.source(0, 1).build()));

    try (Job job = Job.start(env)) {
      gate.awaitArrivals(2, Job.LIMIT);
      long start = System.nanoTime();
      job.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void aRefusalOfTheApiFailsTheJobWithWhatTheCoreSays(MiniFlink.Running flink) throws Exception {
    api.api().fault(Fault.status(403).body("no"));
    var env = flink.environment(1);
    new Received<String>().from(read(env, api.source(0).build()));

    try (Job job = Job.start(env)) {
      assertThat(catchThrowable(job::result))
          .hasStackTraceContaining(
              "GET %s was answered with status 403: no"
                  .formatted(api.api().url("/t0/items?from=0")));
    }
  }

  @Test
  void aRecordThatIsNotWhatWasExpectedFailsTheJobAndIsNamed(MiniFlink.Running flink)
      throws Exception {
    api.api().feed("t0").append("{\"id\":1,\"tenant\":0}", "{\"id\":2,\"tenant\":\"zero\"}");
    var env = flink.environment(1);
    new Received<Item>()
        .from(read(env, api.source(RestDeserializer.pojo(Item.class), 0).bounded().build()));

    try (Job job = Job.start(env)) {
      assertThat(catchThrowable(job::result))
          .hasStackTraceContaining(
              "Record 2 of 2 of page 0 of %s cannot be deserialized:"
                  .formatted(api.api().url("/t0/items?from=0")));
    }
  }
}
