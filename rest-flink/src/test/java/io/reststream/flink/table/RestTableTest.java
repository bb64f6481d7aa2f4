package io.reststream.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.core.config.OnError;
import io.reststream.core.config.RestOptions;
import io.reststream.testkit.FakeApi;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said about a table before any job runs. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RestTableTest {
  private final FakeApi api = FakeApi.start();
  private final TableEnvironment env =
      TableEnvironment.create(EnvironmentSettings.inStreamingMode());

  @AfterEach
  void close() {
    api.close();
  }

  private void create(String columns, String... options) {
    env.executeSql(
        "CREATE TABLE t (%s) WITH ('connector'='rest', %s)"
            .formatted(columns, String.join(", ", options)));
  }

  private String url() {
    return "'url'='" + api.url("/events?since={timestamp}") + "'";
  }

  private Throwable refusal(String query) {
    Throwable refusal = catchThrowable(() -> env.explainSql(query));
    assertThat(refusal).isNotNull();
    assertThat(api.requests()).isEmpty();
    return refusal;
  }

  private static String t(String problem) {
    return "The table default_catalog.default_database.t cannot be used. " + problem;
  }

  @Test
  void optionsAreThoseOfTheCoreInFlinksSpelling() {
    var factory = new RestTableFactory();

    assertThat(factory.factoryIdentifier()).isEqualTo("rest");
    assertThat(factory.requiredOptions()).isEmpty();
    var keys =
        factory.optionalOptions().stream().map(ConfigOption::key).collect(Collectors.toSet());
    assertThat(keys)
        .hasSize(RestOptions.ALL.size() + 1 + TableOptions.OWN.size())
        .contains("url", "offset-type", "oauth-token-url", "on-error", "format", "scan.bounded")
        .noneMatch(key -> key.matches(".*[A-Z].*"));
    RestOptions.ALL.forEach(
        option -> assertThat(keys).contains(TableOptions.spelled(option.key())));
    assertThat(TableOptions.spelled(OnError.OPTION.key())).isEqualTo("on-error");
  }

  @Test
  void nothingIsWrittenAndNoOptionIsQuoted() {
    create("id INT", url(), "'api-key'='h1dden'", "'cookie'='h1dden'", "'auth-type'='ApiKey'");

    StringWriter trace = new StringWriter();
    refusal("INSERT INTO t SELECT 1").printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString())
        .contains(
            "The table default_catalog.default_database.t cannot be written to: 'connector' = 'rest' only reads.")
        .doesNotContain("h1dden");
  }

  @Test
  void theDocumentationHasEveryMetadataColumn() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "flink-sql.md"));

    MetadataColumn.all()
        .forEach(
            (key, column) ->
                assertThat(page).contains("| `%s` | `%s` |".formatted(key, column.type())));
  }

  @Test
  void anySpellingMeansTheSame() {
    create(
        "id BIGINT",
        url(),
        "'offsetType'='max_field'",
        "'DATA_FIELD'='items'",
        "'page-size'='10'",
        "'scan.watermark.idle-timeout'='1 min'",
        "'Header.X-Tenant'='a'");

    assertThat(env.explainSql("SELECT * FROM t")).contains("TableSourceScan");
  }

  @Test
  void explainAndDescribeAskNothingAndShowNoSecret() {
    create(
        "id BIGINT, name STRING, seen TIMESTAMP_LTZ(3) METADATA FROM 'fetched-at'",
        "'url'='" + api.url("/events?since={timestamp}&api_key=SECRET") + "'",
        "'auth-type'='Basic'",
        "'user-id'='me'",
        "'user-password'='SECRET'",
        "'cookie'='SECRET'",
        "'header.X-Key'='SECRET'");

    assertThat(env.explainSql("SELECT id, seen FROM t LIMIT 7"))
        .contains("t", "project=[id]", "metadata=[fetched-at]", "limit=[7]")
        .doesNotContain("SECRET");
    assertThat(env.executeSql("DESCRIBE t").collect())
        .toIterable()
        .extracting(row -> row.getField(0))
        .containsExactly("id", "name", "seen");
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void anUnknownOptionIsNamedWithWhatWasMeant() {
    create("id BIGINT", url(), "'offset-tipe'='cursor'", "'cookie'='SECRET'");

    assertThat(refusal("SELECT * FROM t"))
        .hasMessage(t("Option 'offset-tipe' is not known. Did you mean 'offsetType'?"))
        .hasStackTraceContaining("offset-tipe")
        .extracting(RestTableTest::trace)
        .asString()
        .doesNotContain("SECRET");
  }

  private static String trace(Throwable problem) {
    var shown = new StringWriter();
    problem.printStackTrace(new PrintWriter(shown, true));
    return shown.toString();
  }

  @Test
  void anUnknownOptionOfFlinkOrOfTheFormatIsNamed() {
    create("id BIGINT", url(), "'scan.bouned'='true'", "'json.ignore'='x'");

    assertThat(refusal("SELECT * FROM t"))
        .hasMessageStartingWith(
            t(
                "Unsupported options found for 'rest'.\n\nUnsupported options:\n\njson.ignore\nscan.bouned\n\nSupported options:\n\n"))
        .hasMessageContaining("\nscan.bounded\n");
  }

  @Test
  void anOptionGivenInTwoSpellingsIsRefused() {
    create("id BIGINT", url(), "'page-size'='10'", "'pageSize'='20'");

    assertThat(refusal("SELECT * FROM t"))
        .hasMessage(t("Option 'pageSize' is given twice, as 'page-size' and as 'pageSize'."));
  }

  @Test
  void aMissingUrlIsNamed() {
    create("id BIGINT", "'data-field'='items'");

    assertThat(refusal("SELECT * FROM t"))
        .hasMessage(
            t(
                "Option 'url' is missing: the address to ask, such as 'https://api.example.com/events?since={timestamp}'."));
  }

  @Test
  void allProblemsAreSaidAtOnce() {
    create("id BIGINT", url(), "'page-size'='none'", "'method'='LOOK'");

    assertThat(refusal("SELECT * FROM t"))
        .hasMessageContaining("2 problems in the options:")
        .hasMessageContaining("Option 'pageSize' must be")
        .hasMessageContaining("Option 'method' must be");
  }

  @Test
  void aFormatThatIsNotThereOrCannotDecodeTheColumnsIsNamed() {
    create("id BIGINT", url(), "'format'='parket'");
    assertThat(refusal("SELECT * FROM t"))
        .hasMessageStartingWith(
            t(
                "Could not find any factory for identifier 'parket' that implements"
                    + " 'org.apache.flink.table.factories.DeserializationFormatFactory' in the classpath.\n\nAvailable factory identifiers are:\n\n"))
        .hasMessageContaining("\njson\n");

    env.executeSql("DROP TABLE t");
    create("id BIGINT, name STRING", url(), "'format'='raw'");
    assertThat(refusal("SELECT * FROM t"))
        .hasMessageContaining(
            "The 'raw' format only supports single physical column. However the defined schema contains multiple physical columns: [`id` BIGINT, `name` STRING]");
  }

  @Test
  void aMetadataColumnThatDoesNotExistIsNamedWithThoseThatDo() {
    create(
        "id BIGINT, x STRING METADATA FROM 'adress'",
        "'url'='" + api.url("/{tenant}/events?since={timestamp}") + "'",
        "'input-data'='[{\"tenant\":\"a\",\"tier\":1}]'");

    assertThat(refusal("SELECT * FROM t"))
        .hasMessageContaining("Invalid metadata key 'adress' in column 'x' of table")
        .hasMessageContaining(
            "url\nstatus\nfetched-at\npage\noffset\ninput\nerror\ninput.tenant\ninput.tier");
  }

  @Test
  void aWatermarkOnAMissingColumnIsRefused() {
    assertThat(catchThrowable(() -> create("id BIGINT, WATERMARK FOR seen AS seen", url())))
        .hasMessageContaining(
            "The rowtime attribute field 'seen' is not defined in the table schema");
  }

  @Test
  void anUnboundedTableIsRefusedInBatchExecution() {
    var batch = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    batch.executeSql("CREATE TABLE t (id BIGINT) WITH ('connector'='rest', %s)".formatted(url()));

    assertThat(catchThrowable(() -> batch.explainSql("SELECT * FROM t")))
        .hasMessageContaining(
            "Querying an unbounded table 'default_catalog.default_database.t' in batch mode is not allowed.");
  }

  private void createLookup(String url, String... options) {
    create(
        "id BIGINT, kind STRING, name STRING, code BYTES",
        Stream.concat(Stream.of("'url'='" + api.url(url) + "'"), Arrays.stream(options))
            .toArray(String[]::new));
    env.executeSql(
        "CREATE TABLE o (user_id BIGINT, kind STRING, code BYTES, seen AS PROCTIME()) WITH ('connector'='datagen')");
  }

  /** What the planner's rules have wrapped. */
  private Throwable cause(String query) {
    Throwable cause = refusal(query);
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String join(String condition) {
    return "SELECT o.user_id, t.name FROM o JOIN t FOR SYSTEM_TIME AS OF o.seen ON " + condition;
  }

  @Test
  void aLookupKeyWithoutAPlaceholderIsNamed() {
    createLookup("/users/{id}?x=1");

    assertThat(env.explainSql(join("o.user_id = t.id")))
        .contains("LookupJoin", "async=[ORDERED", "lookup=[id=user_id]");
    assertThat(cause(join("o.user_id = t.id AND o.kind = t.kind")))
        .hasMessage(
            "The lookup key 'kind' has no placeholder: a request of the table default_catalog.default_database.t sends {id}. Write {kind} where it belongs in the url, the body or a header, or set 'query-type'='querystring', or compare it with something other than '='.");
  }

  @Test
  void aPlaceholderWithoutALookupKeyIsNamed() {
    createLookup("/users/{id}?kind={kind}");

    assertThat(cause(join("o.user_id = t.id")))
        .hasMessage(
            "Nothing fills the placeholder '{kind}'; there is {offset}, {timestamp}, {id}, {now}, {uuid}.");
  }

  @Test
  void aLookupKeyWithoutTextIsRefused() {
    createLookup("/users/{code}");

    assertThat(cause(join("o.code = t.code")))
        .hasMessage(
            "The lookup key 'code' is of type BYTES, which has no text form to send. Cast it to a string in the query.");
  }

  @Test
  void aLookupKeyInARowIsRefused() {
    create("id BIGINT, `user` ROW<id BIGINT, name STRING>", "'url'='" + api.url("/{id}") + "'");
    env.executeSql(
        "CREATE TABLE o (user_id BIGINT, seen AS PROCTIME()) WITH ('connector'='datagen')");

    assertThat(
            cause(
                "SELECT o.user_id FROM o JOIN t FOR SYSTEM_TIME AS OF o.seen ON o.user_id = t.`user`.id"))
        .hasMessage(
            "The lookup key 'user_id' must be a column of the table itself, but is a field of a row.");
  }

  @Test
  void aColumnThatIsNotNullCannotStandForAFailure() {
    create("id BIGINT NOT NULL, age INT NOT NULL", "'url'='" + api.url("/{id}") + "'");
    env.executeSql(
        "CREATE TABLE o (user_id BIGINT, seen AS PROCTIME()) WITH ('connector'='datagen')");
    String join = "SELECT t.* FROM o JOIN t %s FOR SYSTEM_TIME AS OF o.seen ON o.user_id = t.id";

    assertThat(env.explainSql(join.formatted(""))).contains("LookupJoin");
    assertThat(cause(join.formatted("/*+ OPTIONS('on-error'='null') */")))
        .hasMessage(
            "The column 'age' of the table default_catalog.default_database.t is NOT NULL, but with 'on-error'='null' a call that failed leaves it null. Declare it without NOT NULL, or set 'on-error' to 'fail' or 'skip'.");
  }

  @Test
  void aRateAtWhichRowsWouldWaitForTooLongIsRefused() {
    createLookup("/users/{id}", "'requests-per-second'='0.5'");
    env.getConfig().set("table.exec.resource.default-parallelism", "2");
    String join = join("o.user_id = t.id");
    assertThat(cause(join))
        .hasMessage(
            "Option 'requests-per-second' of the table default_catalog.default_database.t is 0.5, shared by 2 tasks, so that the 100 rows that wait in each ('table.exec.async-lookup.buffer-capacity') have their answers after 400 s, but Flink fails the job after 180 s ('table.exec.async-lookup.timeout'). Raise the time-out, or lower the capacity or the parallelism.");

    env.getConfig().set("table.exec.async-lookup.buffer-capacity", "40");
    assertThat(env.explainSql(join)).contains("LookupJoin");
  }

  @Test
  void aLookupTableCannotBeRead() {
    createLookup("/users/{id}");

    assertThat(refusal("SELECT * FROM t")).hasMessageContaining("{id}");
  }

  @Test
  void theCacheMustBePartialAndMustForget() {
    createLookup("/users/{id}", "'lookup.cache'='full'");
    assertThat(refusal(join("o.user_id = t.id")))
        .hasMessage(
            t(
                "Option 'lookup.cache' must be 'NONE' or 'PARTIAL' for an API, which is asked key by key, but was 'FULL'."));

    env.executeSql("DROP TABLE t");
    env.executeSql("DROP TABLE o");
    createLookup("/users/{id}", "'lookup.cache'='partial'");
    assertThat(refusal(join("o.user_id = t.id")))
        .hasMessageStartingWith(
            t(
                "Missing 'lookup.partial-cache.expire-after-access', 'lookup.partial-cache.expire-after-write' or 'lookup.partial-cache.max-rows'"));
  }
}
