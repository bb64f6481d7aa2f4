package io.reststream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that says where each shape is shown, {@code docs/scenarios.md}, is true. */
class ScenarioMapTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern METHOD = Pattern.compile("(\\w+(?:Test|IT))#(\\w+)");

  private static List<String> lines() throws IOException {
    return Files.readAllLines(ROOT.resolve("docs/scenarios.md")).stream()
        .filter(line -> line.startsWith("| ") && line.endsWith("` |"))
        .toList();
  }

  private static List<String> names(String line) {
    String shownBy = line.split(" \\| ", 2)[1];
    return QUOTED.matcher(shownBy).results().map(match -> match.group(1)).toList();
  }

  private static List<String> names() throws IOException {
    return lines().stream().flatMap(line -> names(line).stream()).toList();
  }

  @Test
  void everyScenarioThatItNamesExists() throws IOException {
    Set<String> rows = Scenarios.all().stream().map(Scenario::name).collect(Collectors.toSet());
    assertThat(names()).filteredOn(name -> !METHOD.matcher(name).matches()).isSubsetOf(rows);
  }

  @Test
  void everyTestThatItNamesExists() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String name : names()) {
      for (MatchResult test : METHOD.matcher(name).results().toList()) {
        if (!isThere(test.group(1), test.group(2))) {
          missing.add(name);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isThere(String testClass, String method) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> found =
          files
              .filter(file -> file.endsWith(testClass + ".java"))
              .filter(file -> file.toString().contains("src" + file.getFileSystem().getSeparator()))
              .toList();
      for (Path file : found) {
        if (Files.readString(file).contains("void " + method + "(")) {
          return true;
        }
      }
      return false;
    }
  }

  @Test
  void everyApiAndRecipeOfTheTableStandsInIt() throws IOException {
    List<String> apis =
        Scenarios.all().stream()
            .map(Scenario::name)
            .filter(name -> name.startsWith("api: ") || name.startsWith("recipe: "))
            .toList();
    assertThat(names()).containsAll(apis);
  }

  @Test
  void itHasALineForEachApiTroubleFaultBadInputAndCase() throws IOException {
    assertThat(lines()).hasSize(23 + 12 + 10 + 8 + 35);
  }
}
