package io.reststream.examples.sqlclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Flink's SQL client, embedded, in a JVM that knows Flink and the jar for SQL, and no other class
 * of ours.
 */
final class SqlClient {
  private static final long LIMIT_SECONDS = 120;

  private SqlClient() {}

  /** Runs a script to its end, and returns what the client said. */
  static String run(Path directory, String script) throws Exception {
    Ran ran = start(directory, script);
    assertThat(ran.said).doesNotContain("[ERROR]");
    assertThat(ran.exitCode).as(ran.said).isZero();
    return ran.said;
  }

  /** Runs a script that fails, for which the client ends with 0 too, and returns what it said. */
  static String failed(Path directory, String script) throws Exception {
    Ran ran = start(directory, script);
    assertThat(ran.said).contains("[ERROR]");
    return ran.said;
  }

  private record Ran(String said, int exitCode) {}

  private static Ran start(Path directory, String script) throws Exception {
    Path configuration = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(
        configuration.resolve("config.yaml"),
        "execution.target: local\nrest.bind-address: 127.0.0.1\nio.tmp.dirs: " + directory + "\n");
    Path file = Files.writeString(directory.resolve("script.sql"), script);
    Path said = directory.resolve("said");
    ProcessBuilder client =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                classPath(),
                "org.apache.flink.table.client.SqlClient",
                "embedded",
                "--history",
                directory.resolve("history").toString(),
                "--file",
                file.toString()));
    client.environment().put("FLINK_CONF_DIR", configuration.toString());
    client.redirectErrorStream(true).redirectOutput(said.toFile());
    Process process = client.start();
    try {
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(ended).as("the client has ended; it said: " + Files.readString(said)).isTrue();
      return new Ran(Files.readString(said), process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  private static String classPath() throws IOException {
    return Files.readString(Path.of(System.getProperty("reststream.clientClassPath"))).strip()
        + File.pathSeparator
        + System.getProperty("reststream.sqlJar");
  }
}
