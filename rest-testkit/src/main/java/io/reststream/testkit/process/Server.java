package io.reststream.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server that the build has made as a module of its own, in a JVM of its own: it says one line
 * when it is ready and one for each order, and ends with its standard input, so also with this JVM.
 */
public final class Server implements AutoCloseable {
  /** How long it may take to end. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Process process;
  private final Path log;
  private final BufferedReader said;
  private final Writer orders;
  private final String ready;

  private Server(Process process, Path log) throws IOException {
    this.process = process;
    this.log = log;
    this.said = process.inputReader(StandardCharsets.UTF_8);
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    this.ready = line("start");
  }

  /**
   * Starts a server, and waits until it is ready.
   *
   * @param built where its module was built
   * @param directory for its files and its log; it is there already
   */
  public static Server start(Path built, String main, Path directory) throws IOException {
    Path log = directory.resolve("log");
    return new Server(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-Djava.io.tmpdir=" + directory,
                    "-cp",
                    built.resolve("classes") + ":" + Files.readString(built.resolve("class-path")),
                    main))
            .redirectError(log.toFile())
            .start(),
        log);
  }

  /** What it said when it was ready: where it is. */
  public String ready() {
    return ready;
  }

  /** Gives it an order, and waits until that is done. */
  public void order(String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
    String done = line(order);
    if (!done.equals(order)) {
      throw new AssertionError("Told to %s, the server said: %s".formatted(order, done));
    }
  }

  private String line(String order) throws IOException {
    String line = said.readLine();
    if (line == null) {
      throw new AssertionError(
          "Told to %s, the server ended. It said:%n%s".formatted(order, Files.readString(log)));
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    orders.close();
    try {
      process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    } finally {
      process.destroyForcibly();
    }
  }
}
