package io.reststream.flink.kill;

import io.reststream.testkit.process.ChildJvm;
import io.reststream.testkit.process.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.util.FileUtils;

/**
 * A Flink cluster of processes: one JobManager and some TaskManagers of one slot each, all on free
 * ports of 127.0.0.1. Their logs, their configuration and the job's checkpoints are in a directory
 * of the test.
 */
final class StandaloneFlink implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern RPC_PORT =
      Pattern.compile("Actor system started at pekko\\.tcp://flink@127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern REST_PORT =
      Pattern.compile("Rest endpoint listening at 127\\.0\\.0\\.1:(\\d+)");

  /**
   * Processes that start soon matter more here than code that runs fast. What is opened is what
   * Flink's own scripts open.
   */
  private static final List<String> FLAGS =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--add-opens=java.base/java.util=ALL-UNNAMED");

  private static final int LOGS_SHOWN = 5;
  private static final int LINES_SHOWN = 150;

  private final Path directory;
  private final Map<Long, TaskManager> taskManagers = new TreeMap<>();
  private final ChildJvm jobManager;
  private final String rpcPort;
  private final FlinkRest rest;
  private int started;

  private record TaskManager(String name, ChildJvm process) {}

  private StandaloneFlink(Path directory) throws IOException {
    this.directory = directory;
    Path configuration = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(configuration.resolve("config.yaml"), configuration());
    Files.writeString(configuration.resolve("log4j2.properties"), LOGGING);
    jobManager = start("jobmanager", StandaloneSessionClusterEntrypoint.class);
    try {
      rpcPort = jobManager.awaitLogged(RPC_PORT, LIMIT);
      rest = new FlinkRest(Integer.parseInt(jobManager.awaitLogged(REST_PORT, LIMIT)));
    } catch (AssertionError e) {
      jobManager.close();
      throw e;
    }
  }

  static StandaloneFlink start(Path directory, int taskManagers) throws IOException {
    StandaloneFlink flink = new StandaloneFlink(directory);
    try {
      for (int i = 0; i < taskManagers; i++) {
        flink.startTaskManager();
      }
      Until.holds(taskManagers + " slots", LIMIT, () -> flink.rest.slots() == taskManagers);
      return flink;
    } catch (IOException | AssertionError e) {
      flink.close();
      throw e;
    }
  }

  private String configuration() {
    Map<String, String> options = new TreeMap<>();
    options.put("jobmanager.rpc.address", "127.0.0.1");
    options.put("jobmanager.rpc.port", "0");
    options.put("jobmanager.bind-host", "127.0.0.1");
    options.put("rest.address", "127.0.0.1");
    options.put("rest.bind-address", "127.0.0.1");
    options.put("rest.port", "0");
    options.put("rest.bind-port", "0");
    options.put("rest.cache.checkpoint-statistics.timeout", "10 ms");
    options.put("web.refresh-interval", "10 ms");
    options.put("taskmanager.host", "127.0.0.1");
    options.put("taskmanager.bind-host", "127.0.0.1");
    options.put("taskmanager.numberOfTaskSlots", "1");
    options.put("taskmanager.cpu.cores", "1");
    options.put("taskmanager.memory.framework.heap.size", "64m");
    options.put("taskmanager.memory.framework.off-heap.size", "64m");
    options.put("taskmanager.memory.task.heap.size", "128m");
    options.put("taskmanager.memory.task.off-heap.size", "0");
    options.put("taskmanager.memory.managed.size", "8m");
    options.put("taskmanager.memory.network.min", "16m");
    options.put("taskmanager.memory.network.max", "16m");
    options.put("taskmanager.memory.jvm-metaspace.size", "96m");
    options.put("taskmanager.memory.jvm-overhead.min", "32m");
    options.put("taskmanager.memory.jvm-overhead.max", "32m");
    // A process that is gone is found out in about a second, by what it does not answer.
    options.put("heartbeat.interval", "400 ms");
    options.put("heartbeat.timeout", "20 s");
    options.put("heartbeat.rpc-failure-threshold", "2");
    options.put("metrics.fetcher.update-interval", "100");
    options.put("execution.checkpointing.dir", directory.resolve("checkpoints").toUri().toString());
    return options.entrySet().stream()
        .map(option -> option.getKey() + ": " + option.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static final String LOGGING =
      """
      rootLogger.level = INFO
      rootLogger.appenderRef.console.ref = console
      appender.console.name = console
      appender.console.type = Console
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1}: %m%n%ex
      """;

  private ChildJvm start(String name, Class<?> main, String... args) throws IOException {
    String configuration = directory.resolve("conf").toString();
    List<String> flags = new ArrayList<>(FLAGS);
    flags.add("-Dlog4j2.configurationFile=" + configuration + "/log4j2.properties");
    List<String> all = new ArrayList<>(List.of("--configDir", configuration));
    all.add("-Dio.tmp.dirs=" + temporary(name));
    all.addAll(List.of(args));
    return ChildJvm.start(
        directory.resolve(name + ".log"),
        flags,
        Map.of("FLINK_CONF_DIR", configuration, "CLASSPATH", UserCode.clusterClassPath()),
        main.getName(),
        all);
  }

  /** Of each process its own, since one that is killed leaves tens of megabytes behind. */
  private Path temporary(String name) throws IOException {
    return Files.createDirectories(directory.resolve("tmp").resolve(name));
  }

  private void startTaskManager() throws IOException {
    started++;
    String name = "taskmanager-" + started;
    ChildJvm taskManager =
        start(
            name,
            TaskManagerRunner.class,
            "-Djobmanager.rpc.port=" + rpcPort,
            "-Dtaskmanager.resource-id=" + name);
    taskManagers.put(taskManager.pid(), new TaskManager(name, taskManager));
  }

  /** The ends of what the processes have logged, for a message of what went wrong. */
  static String logs(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .sorted(Comparator.comparing(StandaloneFlink::lastLogged).reversed())
          .limit(LOGS_SHOWN)
          .map(StandaloneFlink::end)
          .collect(Collectors.joining("\n"));
    }
  }

  private static FileTime lastLogged(Path log) {
    try {
      return Files.getLastModifiedTime(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String end(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return "--- the end of %s ---%n%s"
          .formatted(
              log.getFileName(),
              String.join(
                  "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FlinkRest rest() {
    return rest;
  }

  /** The processes that run the tasks. */
  List<Long> taskManagers() {
    return List.copyOf(taskManagers.keySet());
  }

  /** Ends a TaskManager with SIGKILL, and starts another one in its place. */
  void replace(long pid) throws IOException {
    TaskManager killed = taskManagers.remove(pid);
    killed.process().kill();
    startTaskManager();
    FileUtils.deleteDirectory(temporary(killed.name()).toFile());
  }

  @Override
  public void close() {
    taskManagers.values().forEach(taskManager -> taskManager.process().close());
    jobManager.close();
  }
}
