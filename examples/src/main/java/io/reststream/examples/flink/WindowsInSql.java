package io.reststream.examples.flink;

import io.reststream.examples.ExampleApi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Runs a script of SQL, {@code windows.sql}: events of an API, counted in windows and written to
 * files. Flink's SQL client runs the same script, with an address in it.
 */
public final class WindowsInSql {
  private static final String SCRIPT = "windows.sql";

  private WindowsInSql() {}

  /** The statements, for an API and a directory to write to. */
  public static List<String> statements(String api, Path output) throws IOException {
    try (InputStream script = WindowsInSql.class.getResourceAsStream(SCRIPT)) {
      String text =
          new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8)
              .replace("${api}", api)
              .replace("${output}", output.toUri().toString());
      return Stream.of(text.split(";\\s*\\n", -1)).filter(one -> !one.isBlank()).toList();
    }
  }

  /** Runs the script to its end. */
  public static void run(String api, Path output) throws Exception {
    TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    env.getConfig().set("parallelism.default", "1");
    for (String statement : statements(api, output)) {
      env.executeSql(statement).await();
    }
  }

  /** Writes the counts of an API that has some events to a new directory, and says to which. */
  public static void main(String[] args) throws Exception {
    try (ExampleApi api = ExampleApi.start()) {
      api.append(100);
      Path output = Files.createTempDirectory("counts");
      run(api.url(), output);
      System.out.println("The counts are in " + output);
    }
  }
}
