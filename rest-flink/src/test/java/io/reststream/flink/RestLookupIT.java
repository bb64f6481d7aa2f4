package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.testkit.Answer;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Gate;
import io.reststream.testkit.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An API that a lookup join asks. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RestLookupIT {
  private static final String JOIN =
      "SELECT o.user_id, u.* FROM o %s JOIN u FOR SYSTEM_TIME AS OF o.seen ON o.user_id = u.id";

  private final UserApi api = new UserApi();

  @AfterEach
  void close() {
    api.close();
  }

  /** An environment with a stream of users' ids, of which 0 is null. */
  private static StreamTableEnvironment orders(
      MiniFlink.Running flink, int parallelism, long... users) {
    StreamExecutionEnvironment environment = flink.environment(parallelism);
    StreamTableEnvironment env = SqlTables.streaming(environment);
    env.createTemporaryView(
        "o",
        environment
            .fromCollection(LongStream.of(users).boxed().toList(), Types.LONG)
            .rebalance()
            .map(id -> id) // by as many tasks as will join
            .returns(Types.LONG),
        Schema.newBuilder()
            .columnByExpression("user_id", "NULLIF(f0, 0)")
            .column("f0", "BIGINT")
            .columnByExpression("seen", "PROCTIME()")
            .build());
    return env;
  }

  private void users(TableEnvironment env, String more, Map<String, String> options) {
    Map<String, String> all = new TreeMap<>(Map.of("url", api.api().url("/users?id={id}")));
    all.putAll(options);
    SqlTables.create(env, "u", "id BIGINT, name STRING" + more, all);
  }

  private static List<Row> joined(TableEnvironment env, String kind) throws Exception {
    try (CloseableIterator<Row> rows = env.executeSql(JOIN.formatted(kind)).collect()) {
      List<Row> all = new ArrayList<>();
      rows.forEachRemaining(all::add);
      return all;
    }
  }

  @Test
  void asksForManyRowsAtATimeAndFillsInTheKeys(MiniFlink.Running flink) throws Exception {
    CountDownLatch four = new CountDownLatch(4);
    api.api()
        .beforeAnswer(
            request -> {
              four.countDown();
              await(four);
            });
    StreamTableEnvironment env = orders(flink, 1, 1, 2, 3, 4, 5);
    users(
        env,
        ", age INT, status INT METADATA, url STRING METADATA, `input` STRING METADATA, error STRING METADATA",
        Map.of());

    assertThat(joined(env, ""))
        .hasSize(5)
        .contains(Row.of(3L, 3L, "u3", 23, 200, api.api().url("/users?id=3"), "{\"id\":3}", null));
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new AssertionError("What was to happen first has not happened");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keysGoIntoPathsAndBodiesAndQueries(MiniFlink.Running flink) throws Exception {
    api.api().serve("/echo/7", RestLookupIT::echo);
    StreamTableEnvironment env = orders(flink, 1, 7);
    users(
        env,
        "",
        Map.of(
            "url",
            api.api().url("/echo/{id}?q={id}"),
            "method",
            "POST",
            "body",
            "{\"user\": \"{id}\"}",
            "header.X-User",
            "{id}",
            "dataField",
            "rows"));

    assertThat(joined(env, ""))
        .containsExactly(Row.of(7L, 7L, "POST q=7 7 {\"user\": \"7\"}"), Row.of(7L, 7L, "second"));
  }

  private static Answer echo(Request request) {
    String seen =
        "%s %s %s %s"
            .formatted(request.method(), request.query(), request.header("X-User"), request.body());
    return Answer.json(
        "{\"rows\":[{\"name\":\"%s\"},{\"name\":\"second\"}]}"
            .formatted(seen.replace("\"", "\\\"")));
  }

  @Test
  void allKeysGoIntoTheQueryWhereThatIsAskedFor(MiniFlink.Running flink) throws Exception {
    StreamTableEnvironment env = orders(flink, 1, 5);
    users(env, "", Map.of("url", api.api().url("/users"), "queryType", "querystring"));

    assertThat(joined(env, "")).containsExactly(Row.of(5L, 5L, "u5"));
    assertThat(api.api().requests().get(0).query()).isEqualTo("id=5");
  }

  @Test
  void aCallThatFailedForGoodFailsTheJob(MiniFlink.Running flink) {
    StreamTableEnvironment env = orders(flink, 1, UserApi.UNKNOWN);
    users(env, "", Map.of());

    assertThat(catchThrowable(() -> joined(env, "LEFT")))
        .hasStackTraceContaining("status 404")
        .hasStackTraceContaining("/users?id=404");
  }

  @Test
  void aCallThatFailedForGoodLeavesItsRowEmptyAndSaysWhy(MiniFlink.Running flink) throws Exception {
    StreamTableEnvironment env = orders(flink, 1, UserApi.UNKNOWN, 1);
    users(env, ", error STRING METADATA", Map.of("onError", "null"));

    List<Row> rows = joined(env, "");

    assertThat(rows).hasSize(2).contains(Row.of(1L, 1L, "u1", null));
    Row failed = rows.get(0).getField(2) == null ? rows.get(0) : rows.get(1);
    assertThat(failed.getField(1)).isEqualTo(404L);
    assertThat(failed.<String>getFieldAs(3)).contains("status 404");
  }

  @Test
  void aCallThatFailedForGoodHasNoRow(MiniFlink.Running flink) throws Exception {
    StreamTableEnvironment env = orders(flink, 1, UserApi.UNKNOWN, 1);
    users(env, "", Map.of("onError", "skip"));

    assertThat(joined(env, "")).containsExactly(Row.of(1L, 1L, "u1"));
    assertThat(joined(env, "LEFT"))
        .containsExactlyInAnyOrder(Row.of(1L, 1L, "u1"), Row.of(404L, null, null));
  }

  @Test
  void aRequestThatFailedForAPassingReasonIsMadeAgain(MiniFlink.Running flink) throws Exception {
    api.api().fault("/users", Fault.status(503), Fault.reset());
    StreamTableEnvironment env = orders(flink, 1, 1);
    users(env, "", Map.of("retryBaseDelay", "10ms"));

    assertThat(joined(env, "")).containsExactly(Row.of(1L, 1L, "u1"));
    assertThat(api.api().requests()).hasSize(3);
  }

  @Test
  void aNullIsNotAskedFor(MiniFlink.Running flink) throws Exception {
    StreamTableEnvironment env = orders(flink, 1, 0, 1);
    users(env, "", Map.of());

    assertThat(joined(env, "LEFT"))
        .containsExactlyInAnyOrder(Row.of(null, null, null), Row.of(1L, 1L, "u1"));
    assertThat(api.api().requests()).hasSize(1);
  }

  private static StreamTableEnvironment oneByOne(StreamTableEnvironment env) {
    env.getConfig().set("table.exec.async-lookup.buffer-capacity", "1");
    return env;
  }

  private static Map<String, String> cached(String... more) {
    Map<String, String> options = new TreeMap<>();
    options.put("lookup.cache", "PARTIAL");
    options.put("lookup.partial-cache.max-rows", "100");
    options.put("lookup.partial-cache.expire-after-write", "1 h");
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return options;
  }

  @Test
  void theCacheAnswersForRowsThatComeAgain(MiniFlink.Running flink) throws Exception {
    long none = UserApi.UNKNOWN;
    StreamTableEnvironment env = oneByOne(orders(flink, 1, 1, none, 1, none, 1));
    users(env, "", cached("ignoreStatuses", "404"));

    assertThat(joined(env, "LEFT"))
        .containsExactlyInAnyOrder(
            Row.of(1L, 1L, "u1"),
            Row.of(1L, 1L, "u1"),
            Row.of(1L, 1L, "u1"),
            Row.of(none, null, null),
            Row.of(none, null, null));
    assertThat(api.api().requests()).hasSize(2);
  }

  @Test
  void theCacheForgetsMissesWhereThatIsAskedFor(MiniFlink.Running flink) throws Exception {
    long none = UserApi.UNKNOWN;
    StreamTableEnvironment env = oneByOne(orders(flink, 1, none, none));
    users(
        env,
        "",
        cached("ignoreStatuses", "404", "lookup.partial-cache.cache-missing-key", "false"));

    assertThat(joined(env, "")).isEmpty();
    assertThat(api.api().requests()).hasSize(2);
  }

  @Test
  void theCacheKeepsNoFailures(MiniFlink.Running flink) throws Exception {
    for (String onError : List.of("skip", "null")) {
      int before = api.api().requests().size();
      StreamTableEnvironment env = oneByOne(orders(flink, 1, UserApi.UNKNOWN, UserApi.UNKNOWN));
      users(env, "", cached("onError", onError));

      assertThat(joined(env, "LEFT")).hasSize(2);
      assertThat(api.api().requests()).hasSize(before + 2);
    }
  }

  @Test
  void theTasksShareTheLimitsOfTheJob(MiniFlink.Running flink) throws Exception {
    StreamTableEnvironment env = orders(flink, 2, LongStream.range(1, 21).toArray());
    api.holdForMoreThan(2);
    users(env, "", Map.of("maxConcurrentRequests", "2"));

    assertThat(joined(env, "")).hasSize(20);
    assertThat(api.most()).isLessThanOrEqualTo(2);
  }

  @Test
  void anAnswerThatTheFormatCannotDecodeIsNamed(MiniFlink.Running flink) throws Exception {
    StreamTableEnvironment env = orders(flink, 1, 1);
    users(env, ", age ROW<x INT>", Map.of());
    String message =
        "Record 1 of 1 of %s cannot be deserialized: Failed to deserialize JSON"
            .formatted(api.api().url("/users?id=1"));
    assertThat(catchThrowable(() -> joined(env, ""))).hasStackTraceContaining(message);

    env.executeSql("DROP TABLE u");
    users(env, ", age ROW<x INT>, error STRING METADATA", Map.of("onError", "null"));
    Row failed = joined(env, "").get(0);
    assertThat(failed.getField(2)).isNull();
    assertThat(failed.<String>getFieldAs(4)).startsWith(message);

    env.executeSql("DROP TABLE u");
    users(env, ", age ROW<x INT>", Map.of("onError", "skip"));
    assertThat(joined(env, "")).isEmpty();
  }

  @Test
  void aColumnThatIsNotNullNeedsItsValue(MiniFlink.Running flink) throws Exception {
    StreamTableEnvironment env = orders(flink, 1, 1);
    users(env, ", age INT NOT NULL", Map.of());
    assertThat(joined(env, "")).containsExactly(Row.of(1L, 1L, "u1", 21));

    env.executeSql("DROP TABLE u");
    users(env, ", height INT NOT NULL", Map.of());
    assertThat(catchThrowable(() -> joined(env, "")))
        .hasStackTraceContaining(
            "Record 1 of 1 of %s cannot be deserialized: it has no value for the column 'height', which is NOT NULL",
            api.api().url("/users?id=1"));
  }

  @Test
  void aRecordOfAnotherKeyIsNotJoined(MiniFlink.Running flink) throws Exception {
    api.api()
        .serve(
            "/search",
            request ->
                Answer.json(
                    "{\"data\":[{\"id\":1,\"name\":\"a\"},{\"id\":11,\"name\":\"b\"},{\"name\":\"c\"}]}"));
    StreamTableEnvironment env = orders(flink, 1, 1);
    users(env, "", Map.of("url", api.api().url("/search?q={id}"), "dataField", "data"));

    assertThat(joined(env, "")).containsExactly(Row.of(1L, 1L, "a"), Row.of(1L, 1L, "c"));
  }

  @Test
  void onErrorAlsoSaysWhatFollowsAnAnswerThatDoesNotCome(MiniFlink.Running flink) throws Exception {
    Gate never = new Gate();
    try {
      for (int i = 0; i < 3; i++) {
        api.api().fault("/users", Fault.held(never));
      }
      StreamTableEnvironment env = orders(flink, 1, 1);
      env.getConfig().set("table.exec.async-lookup.timeout", "1 s");
      users(env, ", error STRING METADATA", Map.of("onError", "null"));
      Row failed = joined(env, "").get(0);
      assertThat(failed.<String>getFieldAs(3))
          .startsWith("The call for the input {\"id\":1} had no answer within PT0.9S");

      env.executeSql("DROP TABLE u");
      users(env, "", Map.of("onError", "skip"));
      assertThat(joined(env, "")).isEmpty();

      env.executeSql("DROP TABLE u");
      users(env, "", Map.of());
      assertThat(catchThrowable(() -> joined(env, "")))
          .hasStackTraceContaining("The call for the input {\"id\":1} had no answer within PT0.9S");
    } finally {
      never.open();
    }
  }

  @Test
  void theRateOfTheJobIsKept(MiniFlink.Running flink) throws Exception {
    StreamTableEnvironment env = orders(flink, 2, LongStream.range(1, 9).toArray());
    users(env, "", Map.of("requestsPerSecond", "20"));
    long start = System.nanoTime();

    assertThat(joined(env, "")).hasSize(8);
    // Two tasks of ten a second each: the last of four comes no earlier than three tenths later.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
  }

  @Test
  void answersMayComeInTheirOwnOrderWhereTheQueryAllowsIt(MiniFlink.Running flink)
      throws Exception {
    StreamTableEnvironment env = orders(flink, 1, 1, 2);
    env.getConfig().set("table.exec.async-lookup.output-mode", "ALLOW_UNORDERED");
    CountDownLatch second = new CountDownLatch(1);
    api.api()
        .beforeAnswer(
            request -> {
              if ("1".equals(request.param("id"))) {
                await(second);
              }
            });
    users(env, "", Map.of());
    List<Row> rows = new ArrayList<>();
    assertThat(env.explainSql(JOIN.formatted(""))).contains("UNORDERED");
    try (CloseableIterator<Row> joined = env.executeSql(JOIN.formatted("")).collect()) {
      rows.add(joined.next());
      second.countDown();
      joined.forEachRemaining(rows::add);
    }

    assertThat(rows).containsExactly(Row.of(2L, 2L, "u2"), Row.of(1L, 1L, "u1"));
  }
}
