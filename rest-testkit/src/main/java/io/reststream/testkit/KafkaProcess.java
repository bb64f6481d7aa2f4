package io.reststream.testkit;

import io.reststream.testkit.process.Server;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A Kafka broker in a JVM of its own, which ends with this object, or with this JVM. For the tests
 * tagged {@code full}, whose build has made the module {@code kafka-broker}.
 */
public final class KafkaProcess implements AutoCloseable {
  /** Set by the build: where the module of the broker was built. */
  private static final Path BUILT = Path.of(System.getProperty("reststream.kafkaBroker", ""));

  private final Server server;

  /**
   * Starts a broker, and waits until it is ready.
   *
   * @param directory for its files and its log
   */
  public KafkaProcess(Path directory) throws IOException {
    server = Server.start(BUILT, "io.reststream.kafka.Broker", directory);
  }

  /** Where clients find it: {@code bootstrap.servers}. */
  public String servers() {
    return server.ready();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
