package io.reststream.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.examples.ExampleApi;
import io.reststream.examples.docs.Pages.Snippet;
import io.reststream.examples.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/getting-started.md tells to paste does what the page says. */
@Timeout(120)
class GettingStartedIT {
  private static final String PAGE = "docs/getting-started.md";
  private static final String URL = "http://127.0.0.1:8765";
  private static final Pattern CHECKPOINT = Pattern.compile("\"(\\w+-checkpoint[.\\w]*)\"");
  private static final Pattern OPTION =
      Pattern.compile("\\b(?:option\\((\"\\w+\", \"[^\"]*\")|(schema\\(\"[^\"]*\"))\\)");

  private final ExampleApi api = ExampleApi.start();
  @TempDir private Path directory;

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void spark() throws Exception {
    api.append(5);
    assertThatItPrintsWhatIsShown("Spark", "SparkEvents", GettingStartedIT::stopSpark);
    api.append(2);
    String again = run("Spark", "SparkEvents", List.of("|  7|"), GettingStartedIT::stopSpark);
    assertThat(again).contains("|  6|").doesNotContain("|  5|");
  }

  /** Between two batches, since the console shows one that was not committed again. */
  private static void stopSpark() throws Exception {
    for (StreamingQuery query : LocalSpark.session().streams().active()) {
      query.processAllAvailable();
      query.stop();
    }
  }

  @Test
  void theShellsOfSparkAreGivenTheSameOptions() throws Exception {
    Map<String, String> options = options(only("Spark", "java"));
    assertThat(options).hasSize(7).containsEntry("\"dataField\"", "\"events\"");
    assertThat(options(only("Spark", "scala"))).isEqualTo(options);
    assertThat(options(only("PySpark", "python"))).isEqualTo(options);
  }

  private static Map<String, String> options(String snippet) {
    Map<String, String> options = new TreeMap<>();
    OPTION
        .matcher(snippet)
        .results()
        .forEach(
            match -> {
              String[] option =
                  match.group(1) == null
                      ? match.group(2).split("\\(", 2)
                      : match.group(1).split(", ", 2);
              options.put(option[0], option[1]);
            });
    return options;
  }

  @Test
  void sparkSql() throws Exception {
    api.append(5);
    SparkSession spark = LocalSpark.session();
    Dataset<org.apache.spark.sql.Row> rows = spark.emptyDataFrame();
    for (String statement : statements(only("Spark", "sql"))) {
      rows = spark.sql(statement);
    }
    assertThat(rows.collectAsList())
        .extracting(row -> row.getString(0) + " " + row.getLong(1))
        .containsExactlyInAnyOrder("important 3", "usual 2");
  }

  @Test
  void flinkDataStream() throws Exception {
    api.append(5);
    try (FlinkJobs jobs = FlinkJobs.watched()) {
      assertThatItPrintsWhatIsShown("Flink DataStream", "FlinkEvents", jobs::cancel);
    }
  }

  @Test
  void flinkSqlInJava() throws Exception {
    api.append(5);
    try (FlinkJobs jobs = FlinkJobs.watched()) {
      assertThatItPrintsWhatIsShown("Flink SQL", "FlinkSqlEvents", jobs::cancel);
    }
  }

  @Test
  void flinkSqlInItsClient() throws Exception {
    api.append(3);
    TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    List<Snippet> sql =
        Pages.snippets(PAGE, "Flink SQL").stream()
            .filter(snippet -> snippet.language().equals("sql"))
            .toList();
    assertThat(sql.get(0).text()).isEqualTo("ADD JAR 'rest-flink-0.1.0-SNAPSHOT-sql.jar';\n");
    List<String> statements = statements(sql.get(1).text());
    env.executeSql(statements.get(0));
    List<String> changes = new ArrayList<>();
    try (CloseableIterator<Row> rows = env.executeSql(statements.get(1)).collect()) {
      while (changes.size() < 4) {
        changes.add(rows.next().toString());
      }
    }
    assertThat(changes)
        .containsExactlyInAnyOrder(
            "+I[important, 1]", "+I[usual, 1]", "-U[important, 1]", "+U[important, 2]");
  }

  @Test
  void plainJava() throws Exception {
    api.append(5);
    assertThatItPrintsWhatIsShown("Plain Java", "PlainEvents", () -> {});
    api.append(2);
    String again = run("Plain Java", "PlainEvents", List.of("{\"id\":7,"), () -> {});
    assertThat(again).contains("{\"id\":6,").doesNotContain("{\"id\":4,");
  }

  private void assertThatItPrintsWhatIsShown(String heading, String name, PastedJava.Stop stop)
      throws Exception {
    List<String> shown = only(heading, "text").lines().toList();
    assertThat(shown).hasSizeGreaterThan(1);
    assertThat(run(heading, name, shown, stop)).contains(shown);
  }

  private String run(String heading, String name, List<String> until, PastedJava.Stop stop)
      throws Exception {
    return PastedJava.run(name, local(java(heading, name)), directory, until, stop);
  }

  private static String java(String heading, String name) throws IOException {
    return Pages.snippets(PAGE, heading).stream()
        .filter(snippet -> snippet.text().contains("public class " + name + " "))
        .findFirst()
        .orElseThrow()
        .text();
  }

  private static String only(String heading, String language) throws IOException {
    List<Snippet> found =
        Pages.snippets(PAGE, heading).stream()
            .filter(snippet -> snippet.language().equals(language))
            .toList();
    assertThat(found).as(language + " in " + heading).hasSize(1);
    return found.get(0).text();
  }

  private List<String> statements(String sql) {
    return List.of(local(sql).strip().split("\\s*;\\s*"));
  }

  /** The snippet with this test's API and directory. */
  private String local(String snippet) {
    assertThat(snippet).contains(URL);
    return CHECKPOINT
        .matcher(snippet.replace(URL, api.url()))
        .replaceAll(found -> "\"" + directory.resolve(found.group(1)) + "\"");
  }
}
