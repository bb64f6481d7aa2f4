package io.reststream.testkit.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that runs a main class, and dies with the test. */
public final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final Path log;

  private ChildJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a JVM whose output goes to {@code log}.
   *
   * @param flags for the JVM itself
   * @param environment added to that of this process; {@code CLASSPATH} is needed
   */
  public static ChildJvm start(
      Path log, List<String> flags, Map<String, String> environment, String main, List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add(EndsWithParent.class.getName());
    command.add(main);
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    File output = log.toFile();
    builder.redirectErrorStream(true).redirectOutput(output);
    return new ChildJvm(builder.start(), log);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** How many processes it has started that still run. */
  public long children() {
    return process.children().count();
  }

  /** Waits until its log has a line in which {@code pattern} is found, and returns its group 1. */
  public String awaitLogged(Pattern pattern, Duration limit) {
    return Until.found(
        pattern + " in " + log,
        limit,
        () -> {
          boolean alive = process.isAlive();
          Matcher matcher = pattern.matcher(log());
          if (matcher.find()) {
            return Optional.of(matcher.group(1));
          }
          if (!alive) {
            throw new AssertionError("The process has ended; its log is:\n" + log());
          }
          return Optional.empty();
        });
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL, also for what it has started: nothing of it runs any more when this returns. */
  public void kill() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  @Override
  public void close() {
    kill();
  }
}
