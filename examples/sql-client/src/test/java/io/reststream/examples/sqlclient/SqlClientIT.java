package io.reststream.examples.sqlclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.examples.ExampleApi;
import io.reststream.testkit.FakeApi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script of the examples as its readers run it: by Flink's SQL client, with the jar for SQL.
 */
@Tag("full")
@Timeout(300)
class SqlClientIT {
  private static final String SCRIPT = "/io/reststream/examples/flink/windows.sql";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"batch", "streaming"})
  void theScriptWritesTheCountsOfEachWindow(String mode) throws Exception {
    Path output = directory.resolve("counts");
    try (ExampleApi api = ExampleApi.start()) {
      api.append(25);

      String said =
          SqlClient.run(
              directory,
              """
              SET 'execution.runtime-mode' = '%s';
              SET 'sql-client.execution.result-mode' = 'tableau';
              SET 'table.dml-sync' = 'true';
              SET 'parallelism.default' = '1';
              %s
              SELECT event_type, SUM(events) AS n FROM counts GROUP BY event_type;
              """
                  .formatted(mode, script(api.url(), output)));

      assertThat(counts(output))
          .isNotEmpty()
          .allMatch(
              line ->
                  line.matches(
                      "\\{\"window_start\":\"[^\"]+\",\"event_type\":\"(usual|important)\",\"events\":\\d+}"));
      assertThat(counts(output).stream().mapToInt(SqlClientIT::events).sum()).isEqualTo(25);
      assertThat(said)
          .contains("Complete execution of the SQL update statement.")
          .containsPattern("\\| +important \\| +13 \\|")
          .containsPattern("\\| +usual \\| +12 \\|");
    }
  }

  @Test
  void describeAndExplainShowTheTableAndAskNothing() throws Exception {
    try (FakeApi api = FakeApi.start()) {
      String tables = script(api.url(), directory).replaceFirst("(?s)INSERT INTO.*", "");

      String said =
          SqlClient.run(
              directory,
              tables
                  + "DESCRIBE events;\nEXPLAIN SELECT event_type, COUNT(*) FROM events GROUP BY event_type;\n");

      assertThat(said)
          .containsPattern("\\| +id \\| +BIGINT \\|")
          .containsPattern("\\| +happened \\| +TIMESTAMP_LTZ\\(3\\) \\*ROWTIME\\* \\|")
          .contains("TableSourceScan(table=[[default_catalog, default_database, events");
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void whatIsWrongWithATableIsSaidToItsReader() throws Exception {
    String said =
        SqlClient.failed(
            directory,
            """
            CREATE TABLE events (id BIGINT) WITH (
              'connector' = 'rest', 'url' = 'http://127.0.0.1/e', 'offset-tipe' = 'cursor');
            SELECT * FROM events;
            """);

    assertThat(said)
        .contains(
            "Could not execute SQL statement. Reason:\nio.reststream.core.config.ConfigException: Option 'offset-tipe' is not known. Did you mean 'offsetType'?");
  }

  private static String script(String api, Path output) throws IOException {
    try (InputStream script = SqlClientIT.class.getResourceAsStream(SCRIPT)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${api}", api)
          .replace("${output}", output.toUri().toString());
    }
  }

  private static List<String> counts(Path output) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  private static int events(String line) {
    return Integer.parseInt(line.replaceFirst(".*\"events\":(\\d+)}", "$1"));
  }
}
