package io.reststream.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of engines and JDKs, with what this build's tests came to on each.
 *
 * <p>What is read are the reports that are younger than the build, in each module there is: one
 * that did not get so far stands in the table as one that did not run.
 */
public final class MatrixTable {
  private final Instant began;
  private final Path newerJdk;
  private final List<Row> rows;

  private MatrixTable(Instant began, Path newerJdk, List<Row> rows) {
    this.began = began;
    this.newerJdk = newerJdk;
    this.rows = rows;
  }

  /**
   * Prints the table and writes it into a file.
   *
   * @param args the root of the checkout, when the build began (ISO 8601), where the newer JDK is
   *     or should be, and the file
   * @throws IllegalStateException if a test failed, or was to be run and was not
   */
  public static void main(String... args) throws IOException {
    MatrixTable table = read(Path.of(args[0]), Instant.parse(args[1]), Path.of(args[2]));
    Path file = Path.of(args[3]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, table.text());
    System.out.println();
    System.out.print(table.text());
    System.out.println("The table is in " + file);
    if (!table.bad().isEmpty()) {
      throw new IllegalStateException("Not as it should be: " + String.join(", ", table.bad()));
    }
  }

  static MatrixTable read(Path root, Instant began, Path newerJdk) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String engine : List.of("rest-flink", "rest-spark")) {
      for (Path module : modules(root.resolve(engine))) {
        rows.add(Row.of(module, began, newerJdk));
      }
    }
    return new MatrixTable(began, newerJdk, rows);
  }

  /** In the order of their versions: too old, compiled against, newer. */
  private static List<Path> modules(Path engine) throws IOException {
    try (Stream<Path> below = Files.list(engine.resolve("matrix"))) {
      List<Path> modules =
          below
              .filter(module -> Files.exists(module.resolve("pom.xml")))
              .sorted()
              .collect(Collectors.toCollection(ArrayList::new));
      modules.add(1, engine);
      return modules;
    }
  }

  /** The modules that have a field that is not good. */
  List<String> bad() {
    return rows.stream().filter(row -> !row.isGood()).map(Row::module).toList();
  }

  String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "module",
            "engine",
            "JDK " + jdks(Row::usual),
            Files.exists(newerJdk.resolve("release"))
                ? "JDK " + jdks(Row::newer) + ", smoke tests"
                : "a newer JDK: there is none at '" + newerJdk + "'"));
    for (Row row : rows) {
      lines.add(
          List.of(
              row.module(),
              row.engine(),
              row.usual().outcome().text(),
              row.newer().outcome().text()));
    }
    return "The jars of this build on each engine. Build begun " + began + ".\n" + aligned(lines);
  }

  private String jdks(Function<Row, Reports> column) {
    String versions =
        rows.stream()
            .flatMap(row -> column.apply(row).jdk().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return versions.isEmpty() ? "that ran nothing" : versions;
  }

  private static String aligned(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        int at = column;
        int width = lines.stream().mapToInt(fields -> fields.get(at).length()).max().orElse(0);
        String field = line.get(column);
        padded
            .append(column == 0 ? "" : " | ")
            .append(field)
            .append(" ".repeat(width - field.length()));
      }
      text.append(padded.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
