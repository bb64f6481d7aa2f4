package io.reststream.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A server that the build has made as a module of its own, in a JVM of its own: it says one line
 * when it is ready and one for each order, and ends with its standard input, so also with this JVM.
 */
public final class Server implements AutoCloseable {
  /** How long it may take to end. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** How long it may take to be ready, and to do what it is told. */
  private static final Duration LIMIT_OF_ORDERS = Duration.ofMinutes(5);

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
    FutureTask<@Nullable String> line = new FutureTask<>(said::readLine);
    Thread reader = new Thread(line, "reads what the server says");
    reader.setDaemon(true);
    reader.start();
    try {
      String done = line.get(LIMIT_OF_ORDERS.toSeconds(), TimeUnit.SECONDS);
      if (done == null) {
        throw failed(order, "ended");
      }
      return done;
    } catch (TimeoutException e) {
      throw failed(order, "did nothing within %s. %s".formatted(LIMIT_OF_ORDERS, threads()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(order, "was still at it when the test was interrupted. " + threads());
    } catch (ExecutionException e) {
      throw new IOException("Cannot read what the server says", e.getCause());
    }
  }

  private AssertionError failed(String order, String what) throws IOException {
    process.destroyForcibly();
    return new AssertionError(
        "Told to %s, the server %s. It said:%n%s".formatted(order, what, Files.readString(log)));
  }

  /** What its threads are doing. */
  private String threads() throws IOException {
    Process stacks =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jstack").toString(),
                String.valueOf(process.pid()))
            .redirectErrorStream(true)
            .start();
    return new String(stacks.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
