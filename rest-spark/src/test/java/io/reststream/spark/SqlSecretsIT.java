package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.config.Option;
import io.reststream.core.config.RestOptions;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Spark itself shows of options: of a table's, of a view's, of a query's events. */
@Timeout(300)
class SqlSecretsIT {
  private static final String TABLE = "credentials";

  /** What docs/auth.md tells to set, where options hold secrets themselves. */
  static final String REGEX = "(?i)url|password|secret|token|key|cookie|header|body|parameters";

  static final String REDACTION = "spark.sql.redaction.options.regex";
  private static final String SUBSTITUTION = "spark.sql.variable.substitute";

  @TempDir Path directory;
  private final SparkSession spark = LocalSpark.session();
  private final FakeApi api = FakeApi.start();
  private final Events events = new Events();

  /** What goes into the event log and the user interface. */
  private static final class Events extends SparkListener {
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Override
    public void onOtherEvent(SparkListenerEvent event) {
      seen.add(event.toString());
    }

    @Override
    public void onJobStart(SparkListenerJobStart event) {
      seen.add(event + " " + event.properties());
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
      seen.add(event.stageInfo().name() + " " + event.stageInfo().details());
    }
  }

  @BeforeEach
  void listen() {
    api.serve(Endpoint.at("/items"));
    api.feed().appendEvents(1);
    spark.sparkContext().addSparkListener(events);
  }

  @AfterEach
  void close() {
    spark.sql("DROP TABLE IF EXISTS " + TABLE);
    spark.conf().unset(REDACTION);
    spark.conf().unset(SUBSTITUTION);
    spark.sparkContext().removeSparkListener(events);
    api.close();
  }

  /** Options with a value, or a reference to a file that holds it, in each place for a secret. */
  private Map<String, String> options(boolean references) throws IOException {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("url", api.url("/items"));
    options.put("authType", "ApiKey");
    for (String key : List.of("apiKey", "cookie", "header.X-One")) {
      options.put(key, value(references, key));
    }
    options.put("headers", "{\"X-Two\":\"" + value(references, "headers") + "\"}");
    return options;
  }

  private String value(boolean reference, String key) throws IOException {
    String value = "HUSH-" + key.replace('.', '-');
    return reference
        ? "${file:" + Files.writeString(directory.resolve(key), value + "\n") + "}"
        : value;
  }

  private static String clause(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> "`%s` '%s'".formatted(option.getKey(), option.getValue()))
        .collect(Collectors.joining(", ", "OPTIONS (", ")"));
  }

  private void createTable(Map<String, String> options) {
    spark.sql("CREATE TABLE " + TABLE + " USING rest " + clause(options));
  }

  /** What people are shown of the table. */
  private String shown() {
    return Stream.of(
            "DESCRIBE EXTENDED " + TABLE,
            "SHOW CREATE TABLE " + TABLE,
            "SHOW TBLPROPERTIES " + TABLE,
            "SHOW TABLE EXTENDED LIKE '" + TABLE + "'",
            "EXPLAIN EXTENDED SELECT * FROM " + TABLE)
        .map(sql -> spark.sql(sql).collectAsList().toString())
        .collect(Collectors.joining("\n"));
  }

  private String events() throws Exception {
    spark.sparkContext().listenerBus().waitUntilEmpty();
    return String.join("\n", events.seen);
  }

  @Test
  void aReferenceIsAllThatIsShownOfATableAViewAndTheirQueries() throws Exception {
    createTable(options(true));
    LocalSpark.batch(options(true)).createOrReplaceTempView("credentials_view");
    assertThat(spark.sql("SELECT * FROM " + TABLE).collectAsList()).hasSize(1);
    assertThat(spark.sql("SELECT * FROM credentials_view").collectAsList()).hasSize(1);

    assertThat(api.requests()).hasSize(2);
    for (Request request : api.requests()) {
      assertThat(Stream.of("X-API-Key", "Cookie", "X-One", "X-Two").map(request::header))
          .containsExactly("HUSH-apiKey", "HUSH-cookie", "HUSH-header-X-One", "HUSH-headers");
    }
    assertThat(shown()).contains("${file:" + directory.resolve("cookie")).doesNotContain("HUSH");
    assertThat(events()).contains("${file:" + directory.resolve("cookie")).doesNotContain("HUSH");
  }

  @Test
  void valuesAreShownUnlessSparkIsToldWhichOptionsToHide() throws Exception {
    createTable(options(false));
    assertThat(shown()).contains("HUSH-apiKey", "HUSH-cookie", "HUSH-header-X-One", "HUSH-headers");

    spark.conf().set(REDACTION, REGEX);
    events();
    events.seen.clear();
    assertThat(shown()).contains("authType").doesNotContain("HUSH");
    LocalSpark.batch(options(false)).createOrReplaceTempView("credentials_view");
    assertThat(spark.sql("SELECT * FROM " + TABLE).collectAsList()).hasSize(1);
    assertThat(spark.sql("SELECT * FROM credentials_view").collectAsList()).hasSize(1);
    assertThat(api.requests().get(0).header("Cookie")).isEqualTo("HUSH-cookie");
    assertThat(events()).contains("credentials_view").doesNotContain("HUSH");
  }

  @Test
  void whatTheDocsSayToHideIsEverySecretOption() throws Exception {
    Pattern hidden = Pattern.compile(REGEX);
    assertThat(RestOptions.ALL)
        .filteredOn(Option::secret)
        .hasSizeGreaterThan(10)
        .allMatch(option -> hidden.matcher(option.key()).find());
    assertThat(hidden.matcher("header.X").find()).isTrue();
    assertThat(Files.readString(documentation())).contains(REDACTION + "=" + REGEX);
  }

  /** Above the module, or the one of the matrix. */
  private static Path documentation() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/auth.md"))) {
      folder = Objects.requireNonNull(folder.getParent(), "docs/auth.md is nowhere");
    }
    return folder.resolve("docs/auth.md");
  }

  @Test
  void sqlPutsAVariablesValueIntoItsTextUnlessToldOtherwise() {
    String value = System.getenv("PATH");
    Map<String, String> options = Map.of("url", api.url("/items"), "header.X-One", "${env:PATH}");
    createTable(options);
    assertThat(shown()).contains(value).doesNotContain("${env:PATH}");

    spark.sql("DROP TABLE " + TABLE);
    spark.conf().set(SUBSTITUTION, "false");
    createTable(options);
    assertThat(spark.sql("SELECT * FROM " + TABLE).collectAsList()).hasSize(1);
    assertThat(api.requests().get(0).header("X-One")).isEqualTo(value);
    assertThat(shown()).contains("${env:PATH}").doesNotContain(value);
  }
}
