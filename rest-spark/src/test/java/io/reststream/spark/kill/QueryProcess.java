package io.reststream.spark.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@link KilledQuery} in its own JVM, with the engine's flags. */
final class QueryProcess implements AutoCloseable {
  /** What the shell says of a process that got SIGKILL: 128 + 9. */
  private static final int KILLED = 137;

  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final Process process;
  private final Path log;
  private final CountDownLatch reached = new CountDownLatch(1);

  private QueryProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    Thread reader = new Thread(this::listen, "listens to the query");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a query with the class path of this process. */
  static QueryProcess start(
      String api, Path directory, String files, boolean drain, Moment moment, int passes)
      throws IOException {
    return start(
        System.getProperty("java.class.path"), api, directory, files, drain, moment, passes);
  }

  /**
   * Starts a query that stops at a moment, after it has passed so many of them.
   *
   * @param classPath that of the Spark that runs it
   * @param files what stands before a path in the file system of its checkpoint, such as {@code
   *     file:}
   */
  static QueryProcess start(
      String classPath,
      String api,
      Path directory,
      String files,
      boolean drain,
      Moment moment,
      int passes)
      throws IOException {
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add") || argument.startsWith("-Djdk."))
        .forEach(command::add);
    command.addAll(
        List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-D" + Moments.WANTED + "=" + moment);
    command.add("-D" + Moments.PASSES + "=" + passes);
    command.addAll(List.of("-cp", classPath));
    command.add(KilledQuery.class.getName());
    command.addAll(List.of(api, directory.toString(), files, drain ? "drain" : "run"));
    Path log = directory.resolve("log");
    return new QueryProcess(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        log);
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(Moments.REACHED)) {
          reached.countDown();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The moment has come, as seen from outside: kills at once. */
  void killAtOnce() {
    process.toHandle().destroyForcibly();
    reached.countDown();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until the process is dead. */
  void awaitDeath() {
    process.onExit().join();
  }

  /** Waits for the moment, kills, and makes sure that it was the kill that ended the process. */
  void killAtItsMoment() throws InterruptedException {
    awaitMoment();
    process.toHandle().destroyForcibly();
    expect(KILLED);
  }

  /** Waits until the process has stopped at its moment, or is dead. */
  void awaitMoment() throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!reached.await(50, TimeUnit.MILLISECONDS) && process.isAlive()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("The moment has not come within %s. %s".formatted(LIMIT, said()));
      }
    }
  }

  /** Lets the process go on from its moment. */
  void goOn() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Waits until the query has failed, and gives what the process has said. */
  String awaitFailure() throws InterruptedException {
    expect(1);
    return said();
  }

  /** Waits until the query has drained what there is and ended by itself. */
  void awaitEnd() throws InterruptedException {
    expect(0);
  }

  private void expect(int exit) throws InterruptedException {
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("The query has not ended within %s. %s".formatted(LIMIT, said()));
    }
    if (process.exitValue() != exit) {
      throw new AssertionError(
          "The query ended with %d instead of %d. %s".formatted(process.exitValue(), exit, said()));
    }
  }

  private String said() {
    try {
      List<String> lines = Files.readAllLines(log);
      return "It said:\n"
          + String.join("\n", lines.subList(Math.max(0, lines.size() - 200), lines.size()));
    } catch (IOException e) {
      return "Its log cannot be read: " + e;
    }
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }
}
