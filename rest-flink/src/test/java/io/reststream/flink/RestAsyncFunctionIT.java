package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.core.config.ConfigException;
import io.reststream.core.config.OnError;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stream whose values an API is asked for. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RestAsyncFunctionIT {
  private final UserApi api = new UserApi();

  @AfterEach
  void close() {
    api.close();
  }

  private RestAsyncFunctionBuilder<Long, String> users() {
    return RestAsyncFunction.<Long, String>builder()
        .url(api.api().url("/users?id={id}"))
        .option("cookie", "SECRET")
        .input("id", id -> id)
        .result(
            answer ->
                answer.row() + " " + answer.output() + (answer.error() == null ? "" : " failed"),
            Types.STRING);
  }

  private static List<String> enriched(
      StreamExecutionEnvironment env, RestAsyncFunction<Long, String> users, long... ids)
      throws Exception {
    DataStream<Long> stream =
        env.fromCollection(LongStream.of(ids).boxed().toList(), Types.LONG).rebalance();
    List<String> all = new ArrayList<>();
    try (var results =
        AsyncDataStream.orderedWait(stream, users, 1, TimeUnit.MINUTES, 20).executeAndCollect()) {
      results.forEachRemaining(all::add);
    }
    return all;
  }

  @Test
  void eachValueHasItsAnswer(MiniFlink.Running flink) throws Exception {
    assertThat(enriched(flink.environment(1), users().build(), 1, 2, 2))
        .containsExactly(
            "1 {\"name\":\"u1\",\"age\":21}",
            "2 {\"name\":\"u2\",\"age\":22}",
            "2 {\"name\":\"u2\",\"age\":22}");
  }

  @Test
  void onErrorSaysWhatFollowsAFailure(MiniFlink.Running flink) throws Exception {
    assertThat(
            enriched(flink.environment(1), users().onError(OnError.NULL).build(), UserApi.UNKNOWN))
        .containsExactly("404 null failed");
    assertThat(
            enriched(flink.environment(1), users().onError(OnError.SKIP).build(), UserApi.UNKNOWN))
        .isEmpty();
    assertThat(
            catchThrowable(() -> enriched(flink.environment(1), users().build(), UserApi.UNKNOWN)))
        .hasStackTraceContaining("status 404");
  }

  @Test
  void onErrorAlsoSaysWhatFollowsAnAnswerThatDoesNotCome(MiniFlink.Running flink) throws Exception {
    Gate never = new Gate();
    try {
      api.api().fault("/users", Fault.held(never), Fault.held(never), Fault.held(never));
      assertThat(late(flink, users().onError(OnError.NULL).build()))
          .containsExactly("1 null failed");
      assertThat(late(flink, users().onError(OnError.SKIP).build())).isEmpty();
      assertThat(catchThrowable(() -> late(flink, users().build())))
          .hasStackTraceContaining(
              "The call for the input {\"id\":1} had no answer within its time-out, which");
    } finally {
      never.open();
    }
  }

  private static List<String> late(MiniFlink.Running flink, RestAsyncFunction<Long, String> users)
      throws Exception {
    DataStream<Long> one = flink.environment(1).fromCollection(List.of(1L), Types.LONG);
    List<String> all = new ArrayList<>();
    try (var results =
        AsyncDataStream.unorderedWait(one, users, 300, TimeUnit.MILLISECONDS).executeAndCollect()) {
      results.forEachRemaining(all::add);
    }
    return all;
  }

  @Test
  void theTasksShareTheLimitsOfTheJob(MiniFlink.Running flink) throws Exception {
    api.holdForMoreThan(3);
    assertThat(
            enriched(
                flink.environment(3),
                users().option("maxConcurrentRequests", "3").build(),
                LongStream.range(0, 20).toArray()))
        .hasSize(20);
    assertThat(api.most()).isLessThanOrEqualTo(3);
  }

  @Test
  void whatIsWrongIsSaidBeforeTheJobAndNoSecret() {
    assertThatThrownBy(() -> users().url(api.api().url("/users/{user}")).build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'{user}'");
    assertThatThrownBy(() -> RestAsyncFunction.builder().url(api.api().url("/")).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "A result is needed, for example result(answer -> answer.output(), Types.STRING).");
    assertThat(users().build().toString()).contains("cookie=****").doesNotContain("SECRET");
  }
}
