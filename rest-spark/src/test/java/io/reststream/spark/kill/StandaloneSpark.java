package io.reststream.spark.kill;

import io.reststream.testkit.process.ChildJvm;
import io.reststream.testkit.process.EndsWithParent;
import io.reststream.testkit.process.Until;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.deploy.SparkSubmit;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;

/**
 * A Spark cluster of processes: one master and some workers of one core each, all on free ports of
 * 127.0.0.1. Their home has Spark's jars, and none of ours.
 */
final class StandaloneSpark implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern MASTER =
      Pattern.compile("Starting Spark master at (spark://127\\.0\\.0\\.1:\\d+)");
  private static final Pattern REGISTERED =
      Pattern.compile("Successfully registered with master (\\S+)");
  private static final String OURS = "rest-";

  private final Path directory;
  private final Path home;
  private final ChildJvm master;
  private final String url;
  private final List<ChildJvm> workers = new ArrayList<>();
  private int started;

  private StandaloneSpark(Path directory) throws IOException {
    this.directory = directory;
    this.home = home(directory.resolve("home"));
    master =
        start(
            "master",
            Master.class.getName(),
            List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    try {
      url = master.awaitLogged(MASTER, LIMIT);
    } catch (AssertionError e) {
      master.close();
      throw e;
    }
  }

  static StandaloneSpark start(Path directory, int workers) throws IOException {
    StandaloneSpark spark = new StandaloneSpark(directory);
    try {
      for (int i = 0; i < workers; i++) {
        spark.startWorker();
      }
      return spark;
    } catch (IOException | AssertionError e) {
      spark.close();
      throw e;
    }
  }

  /**
   * A directory as that of a distribution: a process of Spark's takes its class path from there.
   */
  private static Path home(Path home) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    List<Path> all =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> entry.toString().endsWith(".jar"))
            .filter(entry -> !entry.getFileName().toString().startsWith(OURS))
            .toList();
    for (Path jar : all) {
      Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
    }
    Files.writeString(
        Files.createDirectories(home.resolve("conf")).resolve("log4j2.properties"),
        """
        rootLogger.level = info
        rootLogger.appenderRef.console.ref = console
        appender.console.type = Console
        appender.console.name = console
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %d{HH:mm:ss.SSS} %p %c{1}: %m%n%ex
        """);
    return home;
  }

  private ChildJvm start(String name, String main, List<String> args) throws IOException {
    List<String> flags = new ArrayList<>(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add") || argument.startsWith("-Djdk."))
        .forEach(flags::add);
    String watch =
        EndsWithParent.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return ChildJvm.start(
        directory.resolve(name + ".log"),
        flags,
        Map.of(
            "SPARK_HOME", home.toString(),
            "SPARK_SCALA_VERSION", scala.util.Properties.versionNumberString().substring(0, 4),
            "SPARK_LOCAL_IP", "127.0.0.1",
            "CLASSPATH",
                String.join(
                    File.pathSeparator,
                    home.resolve("conf").toString(),
                    home.resolve("jars") + "/*",
                    watch)),
        main,
        args);
  }

  private void startWorker() throws IOException {
    started++;
    String name = "worker-" + started;
    ChildJvm worker =
        start(
            name,
            Worker.class.getName(),
            List.of(
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--webui-port",
                "0",
                "--cores",
                "1",
                "--memory",
                "600m",
                "--work-dir",
                directory.resolve(name).toString(),
                url));
    workers.add(worker);
    worker.awaitLogged(REGISTERED, LIMIT);
  }

  /** Submits a main class as {@code spark-submit} does, with the driver in a process of its own. */
  ChildJvm submit(Path application, Path jar, Class<?> main, String... args) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--master",
                url,
                "--deploy-mode",
                "client",
                "--class",
                main.getName(),
                "--jars",
                jar.toString(),
                "--executor-memory",
                "512m",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.sql.shuffle.partitions=2",
                application.toString()));
    all.addAll(List.of(args));
    return start("driver", SparkSubmit.class.getName(), all);
  }

  /** Ends a worker and its executors with SIGKILL, and starts another worker in its place. */
  void replace(int worker) throws IOException {
    workers.remove(worker).kill();
    startWorker();
  }

  /** Waits until an executor runs for each worker. */
  void awaitExecutors() {
    Until.holds(
        "executors", LIMIT, () -> workers.stream().allMatch(worker -> worker.children() > 0));
  }

  /** The ends of what the processes have logged. */
  String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).sorted().toList()) {
        List<String> lines = Files.readAllLines(log);
        all.append("--- the end of ").append(log.getFileName()).append(" ---\n");
        all.append(String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size())));
        all.append('\n');
      }
    }
    return all.toString();
  }

  @Override
  public void close() {
    workers.forEach(ChildJvm::close);
    master.close();
  }
}
