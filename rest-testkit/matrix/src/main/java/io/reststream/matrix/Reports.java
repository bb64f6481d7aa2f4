package io.reststream.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * The reports that failsafe has left in one directory, without those of earlier builds.
 *
 * @param engine the engine whose jars were on the class path, with its version; empty if no test
 *     ran
 * @param jdk the version of the JDK that ran the tests; empty if no test ran
 */
record Reports(Outcome outcome, Optional<String> engine, Optional<String> jdk) {
  private static final Pattern FLINK = Pattern.compile("flink-runtime-(\\d[^/\\\\]*)\\.jar");
  private static final Pattern SPARK = Pattern.compile("spark-core_([\\d.]+)-(\\d[^/\\\\]*)\\.jar");

  /**
   * Reads them.
   *
   * @param began when this build began; what is older does not count
   */
  static Reports read(Path directory, Instant began) throws IOException {
    List<Element> classes = new ArrayList<>();
    for (Path report : reportsSince(directory, began)) {
      classes.add(Xml.root(report));
    }
    return new Reports(
        outcome(directory.resolve("failsafe-summary.xml"), began, classes),
        first(classes, "surefire.test.class.path").flatMap(Reports::engine),
        first(classes, "java.version"));
  }

  private static List<Path> reportsSince(Path directory, Instant began) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        if (file.getFileName().toString().matches("TEST-.*\\.xml") && isSince(file, began)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static boolean isSince(Path file, Instant began) throws IOException {
    return !Files.getLastModifiedTime(file).toInstant().isBefore(began);
  }

  private static Outcome outcome(Path summary, Instant began, List<Element> classes)
      throws IOException {
    if (!Files.exists(summary) || !isSince(summary, began)) {
      return new Outcome.Missing(
          classes.isEmpty()
              ? "did not run"
              : "broken off after " + classes.size() + " classes of tests");
    }
    Element root = Xml.root(summary);
    String trouble = Xml.text(root, "failureMessage").strip();
    if (!trouble.isEmpty() || root.getAttribute("timeout").equals("true")) {
      return new Outcome.Missing(
          "broken off: " + trouble.lines().findFirst().orElse("it took too long"));
    }
    return new Outcome.Ran(
        Xml.number(root, "completed"),
        Xml.number(root, "failures"),
        Xml.number(root, "errors"),
        Xml.number(root, "skipped"),
        Duration.ofMillis(
            Math.round(
                1000
                    * classes.stream()
                        .mapToDouble(suite -> Double.parseDouble(suite.getAttribute("time")))
                        .sum())));
  }

  private static Optional<String> first(List<Element> classes, String property) {
    return classes.stream().flatMap(suite -> Xml.property(suite, property).stream()).findFirst();
  }

  private static Optional<String> engine(String classPath) {
    Matcher spark = SPARK.matcher(classPath);
    if (spark.find()) {
      return Optional.of("Spark " + spark.group(2) + ", Scala " + spark.group(1));
    }
    Matcher flink = FLINK.matcher(classPath);
    return flink.find() ? Optional.of("Flink " + flink.group(1)) : Optional.empty();
  }
}
