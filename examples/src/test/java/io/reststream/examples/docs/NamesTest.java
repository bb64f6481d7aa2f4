package io.reststream.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.RestPoller;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pages name of the code is in the code: files, classes, and the messages of errors. */
class NamesTest {
  private static final Pattern QUOTED = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern PATH = Pattern.compile("(?:[\\w-]+/)+|(?:[\\w-]+/)*[A-Z]\\w+");
  private static final Pattern MESSAGE_ROW = Pattern.compile("(?m)^\\| (`.+?`(?:, `.+?`)*) \\| ");
  private static final Pattern FILLED_IN = Pattern.compile("\\.\\.\\.|\\bN\\b|[\\d.]+|'[^']*'");
  private static final Pattern STATE_ROW =
      Pattern.compile("(?m)^\\| .+ \\| `(\\w+)` \\| (\\d+) \\| \\d+ \\|$");
  private static final Set<String> OF_FLINK = Set.of("DataStream");
  private static final Set<String> OF_JAVA =
      Set.of("UnsupportedClassVersionError", "UnsupportedOperationException");

  @Test
  void everyFileThatTheArchitectureNamesIsThere() throws IOException {
    List<String> files = sources(Pages.ROOT).map(Path::toString).toList();
    List<String> named =
        QUOTED
            .matcher(Pages.text("docs/architecture.md"))
            .results()
            .map(match -> match.group(1).replace(".../", "").replaceFirst("[.(].*", ""))
            .filter(name -> PATH.matcher(name).matches() && !OF_FLINK.contains(name))
            .toList();

    assertThat(named).hasSizeGreaterThan(70);
    assertThat(named)
        .filteredOn(name -> files.stream().noneMatch(file -> isNamed(file, name)))
        .isEmpty();
  }

  private static boolean isNamed(String file, String name) {
    return name.endsWith("/") ? file.contains("/" + name) : file.endsWith("/" + name + ".java");
  }

  @Test
  void everyMessageThatIsExplainedIsOneOfTheCode() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String module : List.of("rest-core", "rest-flink", "rest-spark")) {
      for (Path file : sources(Pages.ROOT.resolve(module).resolve("src/main")).toList()) {
        all.append(Files.readString(file));
      }
    }
    String code = all.toString().replaceAll("\"\\s*\\+\\s*\"", "");
    List<String> messages =
        MESSAGE_ROW
            .matcher(Pages.section(Pages.text("docs/operating.md"), "What messages mean"))
            .results()
            .map(MatchResult::group)
            .flatMap(cell -> QUOTED.matcher(cell).results().map(message -> message.group(1)))
            .filter(message -> OF_JAVA.stream().noneMatch(message::startsWith))
            .toList();

    assertThat(messages).hasSizeGreaterThan(18);
    assertThat(messages).allSatisfy(message -> assertThat(parts(message)).allMatch(code::contains));
  }

  /** A message without what is filled in. */
  private static List<String> parts(String message) {
    return Arrays.stream(FILLED_IN.split(message))
        .map(String::strip)
        .filter(part -> part.length() > 3)
        .toList();
  }

  @Test
  void theVersionsOfStatesAreThoseOfTheCode() throws IOException {
    List<MatchResult> rows = STATE_ROW.matcher(Pages.text("docs/versions.md")).results().toList();
    assertThat(rows).hasSize(5);
    for (MatchResult row : rows) {
      List<Path> files =
          sources(Pages.ROOT).filter(file -> file.endsWith(row.group(1) + ".java")).toList();
      assertThat(files).as(row.group()).hasSize(1);
      assertThat(Files.readString(files.get(0)))
          .contains(" int VERSION = %s;".formatted(row.group(2)));
    }
  }

  @Test
  void theClassesAreOfTheVersionThatAnOlderJvmComplainsOf() throws IOException {
    try (InputStream compiled = RestPoller.class.getResourceAsStream("RestPoller.class")) {
      DataInputStream file = new DataInputStream(compiled);
      file.skipNBytes(6);
      assertThat(Pages.text("docs/operating.md"))
          .contains("class file version %d.0".formatted(file.readUnsignedShort()));
    }
  }

  private static Stream<Path> sources(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/"))
          .toList()
          .stream();
    }
  }
}
