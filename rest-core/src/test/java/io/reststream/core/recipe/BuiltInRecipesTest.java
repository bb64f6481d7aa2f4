package io.reststream.core.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The recipes that come with the library, and their pages. */
class BuiltInRecipesTest {
  static final List<String> NAMES = Recipes.BUILT_IN;

  private static final Path RESOURCES =
      Path.of("src", "main", "resources", "io", "reststream", "core", "recipe");
  private static final Path PAGES = Path.of("..", "docs", "recipes");
  private static final String BEGIN =
      "<!-- recipes: generated from the resources, checked by BuiltInRecipesTest -->\n";
  private static final String END = "<!-- end of recipes -->";
  private static final int LONGEST_PAGE = 25;

  private static List<String> files(Path directory, String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending) && !name.equals("README" + ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    }
  }

  @Test
  void eachHasAResourceAndAPage() throws IOException {
    assertThat(files(RESOURCES, ".json")).isEqualTo(NAMES);
    assertThat(files(PAGES, ".md")).isEqualTo(NAMES);
  }

  @Test
  void theTableOfTheDocumentationListsThem() throws Exception {
    String index = Files.readString(PAGES.resolve("README.md"));
    String table = index.substring(index.indexOf(BEGIN) + BEGIN.length(), index.indexOf(END));
    StringBuilder expected =
        new StringBuilder("| recipe | what it reads | parameters |\n|---|---|---|\n");
    for (String name : NAMES) {
      Recipe recipe = Recipes.find(name);
      expected.append(
          "| [`%s`](%s.md) | %s | %s |\n"
              .formatted(
                  name,
                  name,
                  recipe.description(),
                  recipe.parameters().values().stream()
                      .map(BuiltInRecipesTest::shown)
                      .collect(Collectors.joining(", "))));
    }
    assertThat(table).isEqualTo(expected.toString());
  }

  private static String shown(Parameter parameter) {
    String text = "`" + parameter.name() + "`";
    return parameter.required() ? "**" + text + "**" : text;
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void itsPageNamesEachParameter(String name) throws Exception {
    String page = Files.readString(PAGES.resolve(name + ".md"));
    assertThat(page)
        .startsWith("# " + name + "\n")
        .contains("option(\"recipe\", \"" + name + "\")");
    assertThat(page.lines()).hasSizeLessThanOrEqualTo(LONGEST_PAGE);
    assertThat(Recipes.find(name).parameters().keySet())
        .allSatisfy(parameter -> assertThat(page).contains("`" + parameter + "`"));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void itIsUsableWithItsRequiredParametersAloneAndWithAll(String name) throws Exception {
    Recipe recipe = Recipes.find(name);
    Map<String, String> least = new HashMap<>(Map.of("recipe", name));
    Map<String, String> all = new HashMap<>(least);
    for (Parameter parameter : recipe.parameters().values()) {
      String sample = sample(parameter, "value");
      all.put("recipe." + parameter.name(), sample);
      if (parameter.required() || name.equals("slack-history")) {
        least.put("recipe." + parameter.name(), sample);
      }
      assertThat(parameter.description()).endsWith(".");
      assertThat(parameter.secret())
          .isEqualTo(parameter.name().matches("token|key|password|clientSecret"));
    }
    for (Map<String, String> options : List.of(least, all)) {
      RestConfig config = RestConfig.parse(options, ReadMode.STREAM);
      assertThat(config.options()).containsKeys("url", "streamingInterval");
      assertThat(RestConfig.parse(options, ReadMode.BATCH).toString()).doesNotContain("<<");
    }
  }

  @Test
  void secretParametersAreNotShown() throws Exception {
    for (String name : NAMES) {
      Map<String, String> options = new HashMap<>(Map.of("recipe", name));
      for (Parameter parameter : Recipes.find(name).parameters().values()) {
        String text = parameter.secret() ? "s3cret" : "value";
        options.put("recipe." + parameter.name(), sample(parameter, text));
      }
      assertThat(RestConfig.parse(options, ReadMode.STREAM).toString()).doesNotContain("s3cret");
    }
  }

  private static String sample(Parameter parameter, String text) {
    return parameter.name().endsWith("Url")
        ? "http://127.0.0.1:1"
        : parameter.choices().keySet().stream().findFirst().orElse(text);
  }
}
