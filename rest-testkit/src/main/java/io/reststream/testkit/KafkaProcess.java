package io.reststream.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Kafka broker in a JVM of its own, which ends with this object, or with this JVM. For the tests
 * tagged {@code full}, whose build has made the module {@code kafka-broker}.
 */
public final class KafkaProcess implements AutoCloseable {
  /** Set by the build: where the module of the broker was built. */
  private static final Path BUILT = Path.of(System.getProperty("reststream.kafkaBroker", ""));

  private final Process process;
  private final String servers;

  /**
   * Starts a broker, and waits until it is ready.
   *
   * @param directory for its files and its log
   */
  public KafkaProcess(Path directory) throws IOException {
    Path log = directory.resolve("log");
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-Djava.io.tmpdir=" + directory,
                    "-cp",
                    BUILT.resolve("classes") + ":" + Files.readString(BUILT.resolve("class-path")),
                    "io.reststream.kafka.Broker"))
            .redirectError(log.toFile())
            .start();
    servers = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (servers == null) {
      throw new AssertionError("The broker has not started. It said:\n" + Files.readString(log));
    }
  }

  /** Where clients find it: {@code bootstrap.servers}. */
  public String servers() {
    return servers;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
