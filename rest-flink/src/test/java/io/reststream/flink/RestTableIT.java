package io.reststream.flink;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.testkit.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An API read by SQL. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RestTableIT {
  private final TenantApi api = new TenantApi(4);

  @TempDir Path savepoints;

  @AfterEach
  void close() {
    api.close();
  }

  /** A table of some tenants. */
  private void create(
      TableEnvironment env, String columns, Map<String, String> more, int... tenants) {
    Map<String, String> options = new TreeMap<>(more);
    options.putIfAbsent("url", api.api().url("/{tenant}/items?from={id}"));
    options.put("inputData", TenantApi.inputs(tenants));
    options.put("offsetType", "incremental");
    options.put("offsetField", "id");
    options.put("streamingInterval", "20ms");
    SqlTables.create(env, "items", columns, options);
  }

  private static List<Row> rows(TableEnvironment env, String query) throws Exception {
    try (CloseableIterator<Row> rows = env.executeSql(query).collect()) {
      List<Row> all = new ArrayList<>();
      rows.forEachRemaining(all::add);
      return all;
    }
  }

  @Test
  void aBoundedTableIsReadOnceByBatchExecution(MiniFlink.Running flink) throws Exception {
    api.append(0, 1, 9);
    api.append(1, 1, 3);
    TableEnvironment env = SqlTables.batch(flink.environment(2));
    create(env, "tenant INT, id BIGINT", Map.of("scan.bounded", "true"), 0, 1);

    assertThat(rows(env, "SELECT tenant, COUNT(*), MAX(id) FROM items GROUP BY tenant"))
        .containsExactlyInAnyOrder(Row.of(0, 9L, 9L), Row.of(1, 3L, 3L));
  }

  @Test
  void metadataSayWhereARowCameFromAndNoSecret(MiniFlink.Running flink) throws Exception {
    api.append(0, 1, 6);
    Instant before = Instant.now().minusMillis(1);
    TableEnvironment env = SqlTables.batch(flink.environment(1));
    env.getConfig().setLocalTimeZone(ZoneOffset.UTC);
    create(
        env,
        """
        owner STRING METADATA FROM 'input.tenant', `input` STRING METADATA, id BIGINT,
        status INT METADATA, `page` BIGINT METADATA, `offset` STRING METADATA,
        url STRING METADATA, fetched TIMESTAMP_LTZ(3) METADATA FROM 'fetched-at', error STRING METADATA
        """,
        Map.of(
            "scan.bounded",
            "true",
            "url",
            api.api().url("/{tenant}/items?from={id}&api_key=SECRET")),
        0);

    List<Row> rows = rows(env, "SELECT * FROM items");

    assertThat(rows).hasSize(6);
    assertThat(IntStream.range(0, 6).mapToObj(column -> rows.get(4).getField(column)))
        .containsExactly("t0", "{\"tenant\":\"t0\"}", 5L, 200, 1L, "5");
    assertThat(rows.get(4).<String>getFieldAs(6))
        .isEqualTo(api.api().url("/t0/items?from=5&api_key=****"));
    assertThat(rows.get(4).<Instant>getFieldAs(7)).isBetween(before, Instant.now());
    assertThat(rows.get(4).getField(8)).isNull();
  }

  @Test
  void metadataAloneCanBeReadInAFormatThatDecodesAllColumns(MiniFlink.Running flink)
      throws Exception {
    api.append(0, 1, 2);
    TableEnvironment env = SqlTables.batch(flink.environment(1));
    create(
        env,
        "record STRING, owner STRING METADATA FROM 'input.tenant'",
        Map.of("scan.bounded", "true", "format", "raw"),
        0);

    assertThat(rows(env, "SELECT owner FROM items")).containsExactly(Row.of("t0"), Row.of("t0"));
    assertThat(rows(env, "SELECT record FROM items"))
        .extracting(row -> row.<String>getFieldAs(0))
        .isEqualTo(api.published());
    assertThat(rows(env, "SELECT COUNT(*) FROM items")).containsExactly(Row.of(2L));
  }

  @Test
  void fieldsOfRowsAreReadWithoutTheRestOfThese(MiniFlink.Running flink) throws Exception {
    api.api()
        .feed("t0")
        .append(
            List.of(
                "{\"id\":1,\"user\":{\"name\":\"a\",\"home\":{\"city\":\"x\"},\"age\":\"not decoded\"}}",
                "{\"id\":2,\"user\":{\"name\":\"b\"}}",
                "{\"id\":3}"));
    TableEnvironment env = SqlTables.batch(flink.environment(1));
    create(
        env,
        "`user` ROW<age INT, name STRING, home ROW<city STRING, zip STRING>>, id BIGINT, owner STRING METADATA FROM 'input.tenant'",
        Map.of("scan.bounded", "true"),
        0);
    String query = "SELECT items.`user`.home.city, owner, items.`user`.name, id FROM items";

    assertThat(env.explainSql(query)).contains("project=[user_home_city, user_name, id]");
    assertThat(rows(env, query))
        .containsExactly(
            Row.of("x", "t0", "a", 1L), Row.of(null, "t0", "b", 2L), Row.of(null, "t0", null, 3L));
  }

  @Test
  void fieldsOfRowsComeWithTheRestOfTheseWhereTheFormatWantsThat(MiniFlink.Running flink)
      throws Exception {
    api.api()
        .feed("t0")
        .append(
            List.of(
                "{\"id\":1,\"op\":\"c\",\"before\":null,\"after\":{\"id\":1,\"user\":{\"name\":\"a\",\"age\":5}}}"));
    TableEnvironment env = SqlTables.streaming(flink.environment(1));
    create(
        env,
        "id BIGINT, `user` ROW<age INT, name STRING>",
        Map.of("scan.bounded", "true", "format", "debezium-json"),
        0);
    String query = "SELECT items.`user`.name FROM items";

    assertThat(env.explainSql(query)).contains("project=[user]");
    assertThat(rows(env, query)).containsExactly(Row.of("a"));
  }

  @Test
  void whatTheFormatKnowsOfARecordIsMetadataToo(MiniFlink.Running flink) throws Exception {
    api.api()
        .feed("t0")
        .append(
            List.of(
                "{\"id\":1,\"op\":\"c\",\"before\":null,\"after\":{\"name\":\"a\"},\"source\":{\"table\":\"users\"},\"ts_ms\":1000}",
                "{\"id\":2,\"op\":\"u\",\"before\":{\"name\":\"a\"},\"after\":{\"name\":\"b\"},\"source\":{\"table\":\"people\"},\"ts_ms\":2000}"));
    StreamExecutionEnvironment environment = flink.environment(1);
    StreamTableEnvironment env = SqlTables.streaming(environment);
    create(
        env,
        "owner STRING METADATA FROM 'input.tenant', of_table STRING METADATA FROM 'value.source.table', name STRING, changed TIMESTAMP_LTZ(3) METADATA FROM 'value.ingestion-timestamp'",
        Map.of("scan.bounded", "true", "format", "debezium-json"),
        0);
    env.getConfig().setLocalTimeZone(ZoneOffset.UTC);

    Received<String> received = new Received<>();
    received.from(SqlTables.rows(env, "SELECT name, of_table, owner, changed FROM items"));
    try (Job job = Job.start(environment)) {
      var unused = job.result();
    }
    assertThat(received.values())
        .containsExactly(
            "+I[a, users, t0, 1970-01-01T00:00:01Z]",
            "-U[a, people, t0, 1970-01-01T00:00:02Z]",
            "+U[b, people, t0, 1970-01-01T00:00:02Z]");
    assertThat(rows(env, "SELECT COUNT(*), owner FROM items GROUP BY owner"))
        .contains(Row.ofKind(RowKind.INSERT, 1L, "t0"));
  }

  @Test
  void aLimitStopsPaging(MiniFlink.Running flink) throws Exception {
    api.append(0, 1, 40);
    TableEnvironment env = SqlTables.batch(flink.environment(1));
    create(env, "id BIGINT", Map.of("scan.bounded", "true"), 0);

    assertThat(rows(env, "SELECT id FROM items LIMIT 6")).containsExactly(rowsOf(1, 6));
    assertThat(api.api().requests()).hasSize(2);
  }

  @Test
  void aLimitOverSeveralReadersGivesAsManyRowsAsThereAreForIt(MiniFlink.Running flink)
      throws Exception {
    for (int tenant = 0; tenant < 3; tenant++) {
      api.append(tenant, 1, 40);
    }
    TableEnvironment env = SqlTables.batch(flink.environment(2));
    create(env, "id BIGINT", Map.of("scan.bounded", "true"), 0, 1, 2);

    assertThat(rows(env, "SELECT id FROM items LIMIT 50")).hasSize(50);
    assertThat(rows(env, "SELECT id FROM items WHERE id > 38 LIMIT 5")).hasSize(5);
    assertThat(rows(env, "SELECT id FROM items WHERE id > 38 LIMIT 50")).hasSize(6);
    assertThat(
            rows(
                env,
                "(SELECT id FROM items LIMIT 7) UNION ALL (SELECT id FROM items WHERE id = 40)"))
        .hasSize(10);
  }

  @Test
  void aCompiledPlanIsRunAsTheQueryWouldBe(MiniFlink.Running flink) throws Exception {
    api.append(0, 1, 10);
    StreamExecutionEnvironment environment = flink.environment(1);
    StreamTableEnvironment env = SqlTables.streaming(environment);
    create(
        env,
        "id BIGINT, page BIGINT METADATA, seen AS TO_TIMESTAMP_LTZ(id, 0), WATERMARK FOR seen AS seen",
        Map.of("scan.bounded", "true"),
        0);
    env.executeSql(
        "CREATE TABLE sink (id BIGINT, page BIGINT) WITH ('connector'='filesystem', 'format'='json', 'path'='%s')"
            .formatted(savepoints.toUri()));
    String plan =
        env.compilePlanSql("INSERT INTO sink SELECT id, page FROM items WHERE id > 2")
            .asJsonString();
    assertThat(api.api().requests()).isEmpty();
    env.loadPlan(PlanReference.fromJsonString(plan)).execute().await(1, TimeUnit.MINUTES);

    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(savepoints)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    assertThat(lines)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(3, 10)
                .mapToObj(id -> "{\"id\":%d,\"page\":%d}".formatted(id, (id - 1) / 4))
                .toList());
  }

  private static Row[] rowsOf(long first, int count) {
    return LongStream.range(first, first + count).mapToObj(Row::of).toArray(Row[]::new);
  }

  @Test
  void watermarksArePushedDownAndIdleReadersHoldNothingBack(MiniFlink.Running flink)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(10));
    StreamExecutionEnvironment environment = flink.environment(1, configuration);
    StreamTableEnvironment env = SqlTables.streaming(environment);
    create(
        env,
        "id BIGINT, seen AS TO_TIMESTAMP_LTZ(id, 0), WATERMARK FOR seen AS seen",
        Map.of("scan.parallelism", "4"),
        0,
        1);
    String query =
        "SELECT COUNT(*), MAX(id) FROM TABLE(TUMBLE(TABLE items, DESCRIPTOR(seen), INTERVAL '10' SECOND)) GROUP BY window_start, window_end";
    assertThat(env.explainSql(query)).contains("watermark=[");
    Received<String> received = new Received<>();
    received.from(SqlTables.rows(env, query));

    api.append(0, 0, 30);
    try (CapturedLog log = CapturedLog.open();
        Job job = Job.start(environment)) {
      api.append(1, 0, 25);
      assertThat(received.await(2, Job.LIMIT, job)).containsExactly("+I[20, 9]", "+I[20, 19]");
      assertThat(log.text())
          .contains(
              "The source has 4 readers for 2 splits: those without any are idle. With a parallelism of 2 ('scan.parallelism' in SQL) their slots are free for others.");
    }
  }

  @Test
  void goesOnFromASavepointWithoutLossOrRepeat(MiniFlink.Running flink) throws Exception {
    Received<String> received = new Received<>();
    String savepoint = null;
    for (long next : new long[] {1, 11, 21}) {
      for (int tenant = 0; tenant < 3; tenant++) {
        api.append(tenant, next, 10);
      }
      StreamExecutionEnvironment environment =
          savepoint == null ? flink.environment(2) : flink.restored(2, savepoint);
      StreamTableEnvironment env = SqlTables.streaming(environment);
      create(
          env,
          "tenant INT, id BIGINT, owner STRING METADATA FROM 'input.tenant'",
          Map.of(),
          0,
          1,
          2);
      received.from(SqlTables.rows(env, "SELECT tenant, id, owner FROM items"));
      try (Job job = Job.start(environment)) {
        List<String> unused = received.await((int) (next + 9) * 3, Job.LIMIT, job);
        api.api().awaitReadToTheEnd(3, Job.LIMIT);
        savepoint = job.stop(savepoints);
      }
    }
    assertThat(received.values())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 3)
                .boxed()
                .flatMap(
                    tenant ->
                        IntStream.rangeClosed(1, 30)
                            .mapToObj(id -> "+I[%1$d, %2$d, t%1$d]".formatted(tenant, id)))
                .toList());
  }

  @Test
  void aRecordThatTheFormatCannotDecodeIsNamed(MiniFlink.Running flink) {
    api.append(0, 1, 1);
    TableEnvironment env = SqlTables.batch(flink.environment(1));
    create(env, "tenant ROW<x INT>, id BIGINT", Map.of("scan.bounded", "true"), 0);

    assertThat(catchThrowable(() -> rows(env, "SELECT * FROM items")))
        .hasStackTraceContaining(
            "Record 1 of 1 of page 0 of %s cannot be deserialized: Failed to deserialize JSON '{\"tenant\":0,\"id\":1}'."
                .formatted(api.api().url("/t0/items?from=0")));
  }

  @Test
  void answersThatAreNearlyJsonAreReadWhereOptionsAllowIt(MiniFlink.Running flink)
      throws Exception {
    api.api()
        .serve(
            "/near",
            request ->
                Answer.json(
                    "/* v1 */ {'items': [{id: 01, d: NaN, f: Infinity, s: 'a \"b\"'},\n"
                        + " {id: 9007199254740993, d: -Infinity, f: 007.50, t: \"tab\t\\d\"}]}"));
    TableEnvironment env = SqlTables.batch(flink.environment(1));
    create(
        env,
        "id BIGINT, d DOUBLE, f FLOAT, s STRING, t STRING",
        Map.ofEntries(
            entry("url", api.api().url("/near?from={id}")),
            entry("scan.bounded", "true"),
            entry("dataField", "items"),
            entry("allowComments", "true"),
            entry("allowUnquotedFieldNames", "true"),
            entry("allowSingleQuotes", "true"),
            entry("allowNumericLeadingZeros", "true"),
            entry("allowBackslashEscapingAnyCharacter", "true"),
            entry("allowUnquotedControlChars", "true"),
            entry("allowNonNumericNumbers", "true")),
        0);

    assertThat(rows(env, "SELECT id, d, f, s, t FROM items"))
        .containsExactly(
            Row.of(1L, Double.NaN, Float.POSITIVE_INFINITY, "a \"b\"", null),
            Row.of(9007199254740993L, Double.NEGATIVE_INFINITY, 7.5f, null, "tab\td"));
    env.executeSql("ALTER TABLE items RESET ('allow-non-numeric-numbers')");
    env.executeSql("ALTER TABLE items SET ('max-retries'='0')");
    assertThat(catchThrowable(() -> rows(env, "SELECT id FROM items")))
        .hasStackTraceContaining("; to read it, set 'allowNonNumericNumbers' to 'true'");
  }
}
