package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.Input;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.recipe.Recipes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeOptionsTest {
  private static final String SHOP = "io/reststream/core/recipe/shop.json";

  @TempDir Path directory;

  private static Map<String, String> resolved(String... options) {
    return RestConfig.parse(Options.of(options), ReadMode.STREAM).options();
  }

  private static List<String> problems(String... options) {
    return Options.problems(ReadMode.STREAM, Options.of(options));
  }

  private List<String> problemsOf(String json, String... options) throws IOException {
    Path file = Files.writeString(directory.resolve("own.json"), json);
    Map<String, String> all = Options.of(options);
    all.put("recipe", file.toString());
    return Options.problems(ReadMode.STREAM, all).stream()
        .map(problem -> problem.replace(file.toString(), "own.json"))
        .toList();
  }

  @Test
  void setsItsOptionsWithTheParametersInThem() {
    assertThat(
            resolved(
                "recipe", SHOP,
                "recipe.shop", "Müller & Söhne/1",
                "recipe.zone", "us",
                "recipe.token", "hidden",
                "recipe.tags", "a\"b"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "url",
                "https://shop.example.com/M%C3%BCller%20%26%20S%C3%B6hne%2F1/orders?state=any&top=49"
                    + "&since={offset}{&tag}",
                "header.Accept",
                "application/json",
                "header.X-Token",
                "T hidden",
                "inputData",
                "[{\"tag\":\"a\\\"b\",\"n\":1}]",
                "offsetType",
                "max_field",
                "offsetField",
                "updated_at",
                "pageSize",
                "50",
                "streamingInterval",
                "30s"));
  }

  @Test
  void leavesOutWhatAParameterWouldSetThatIsNotGiven() {
    assertThat(
            resolved("recipe", "/" + SHOP, "recipe.shop", "a", "url", "http://h/?since={offset}"))
        .doesNotContainKeys("header.X-Token", "inputData");
  }

  @Test
  void optionsGivenBesideItWinHoweverTheyAreSpelled() {
    assertThat(
            resolved(
                "Recipe", SHOP,
                "RECIPE.Shop", "a",
                "recipe.base-url", "http://127.0.0.1:1",
                "offset_field", "changed",
                "streaming-interval", "1",
                "HEADER.accept", "text/json",
                "recipe.token", "x",
                "headers", "{\"x-token\": \"own\"}",
                "inputData", "[{\"tag\":\"t\"}]"))
        .containsEntry("url", "http://127.0.0.1:1/a/orders?state=any&top=72&since={offset}{&tag}")
        .containsEntry("offsetField", "changed")
        .containsEntry("streamingInterval", "1")
        .containsEntry("header.accept", "text/json")
        .containsEntry("headers", "{\"x-token\": \"own\"}")
        .doesNotContainKeys("header.Accept", "header.X-Token", "recipe", "recipe.shop");
  }

  @Test
  void referenceToASecretStaysOneInAUrl() throws IOException {
    assertThat(url("<<a>>", "x y${env:A_KEY}/${file:/run/a b}z*~"))
        .isEqualTo("x%20y${env:A_KEY}%2F${file:/run/a b}z%2A~");
    assertThat(url("<<+a>>", "x y${env:A_KEY}")).isEqualTo("x y${env:A_KEY}");
  }

  @Test
  void resolvedOptionsTravelWithoutTheFile() throws Exception {
    Path file = directory.resolve("travels.json");
    Files.writeString(
        file, "{\"description\": \"d\", \"options\": {\"url\": \"http://h/?since={timestamp}\"}}");
    RestConfig config = RestConfig.parse(Map.of("recipe", file.toString()), ReadMode.STREAM);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(config);
    }
    Files.delete(file);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      RestConfig read = (RestConfig) in.readObject();
      assertThat(read.options()).isEqualTo(Map.of("url", "http://h/?since={timestamp}"));
      assertThat(read.inputs()).containsExactly(Input.EMPTY);
    }
  }

  @Test
  void unknownRecipeIsNamedWithThoseThatThereAre() {
    assertThat(problems("recipe", "githb-issues"))
        .containsExactly(
            "Option 'recipe' must be one of "
                + String.join(", ", Recipes.BUILT_IN)
                + ", a file, or a resource of the class path, but there is no 'githb-issues'. Did you"
                + " mean 'github-issues'?");
    assertThat(problems("recipe", "no/such.json"))
        .singleElement()
        .asString()
        .endsWith("but there is no 'no/such.json'.");
    assertThat(problems("recipe", " ")).singleElement().asString().endsWith("there is no ''.");
  }

  @Test
  void missingAndUnknownParametersAreNamedTogether() {
    assertThat(problems("recipe", "github-issues", "recipe.ownr", "apache", "recipe.x", "y"))
        .containsExactly(
            "Option 'recipe.ownr' is not known: recipe 'github-issues' has the parameters owner,"
                + " repo, since, token, baseUrl. Did you mean 'recipe.owner'?",
            "Option 'recipe.x' is not known: recipe 'github-issues' has the parameters owner, repo,"
                + " since, token, baseUrl.",
            "Option 'recipe.owner' is missing, which recipe 'github-issues' needs: The user or"
                + " organization that the repository belongs to.",
            "Option 'recipe.repo' is missing, which recipe 'github-issues' needs: The repository's"
                + " name.");
    assertThat(problems("recipe", SHOP, "recipe.shop", " "))
        .containsExactly("Option 'recipe.shop' must be text, but was empty.");
    assertThat(problems("recipe", SHOP, "recipe.shop", "a", "recipe.SHOP", "b"))
        .containsExactly(
            "Option 'recipe.shop' is given twice, as 'recipe.SHOP' and as 'recipe.shop'.");
    assertThat(problems("recipe", SHOP, "recipe.shop", "a", "recipe.zone", "UE"))
        .containsExactly(
            "Option 'recipe.zone' must be one of 'EU', 'US', but was 'UE'. Did you mean 'EU'?");
  }

  @Test
  void parametersNeedARecipe() {
    assertThat(problems("url", "http://h/?since={timestamp}", "recipe.shop", "a"))
        .containsExactly("Option 'recipe.shop' needs 'recipe', which is not set.");
  }

  @Test
  void itsOwnMistakesAreThoseOfOptions() throws IOException {
    assertThat(
            problemsOf(
                "{\"description\": \"d\", \"options\": {\"url\": \"http://h/\", \"pagSize\": 1,"
                    + " \"readTimeout\": \"soon\"}}"))
        .containsExactly(
            "Option 'pagSize' is not known. Did you mean 'pageSize'?",
            "Option 'readTimeout' must be a duration such as '10' (seconds), '500ms' or '1m', but was"
                + " 'soon'.");
  }

  @Test
  void secretMayNotStandWhereItWouldBeShown() throws IOException {
    String recipe =
        "{\"description\": \"d\", \"parameters\": {\"key\": {\"description\": \"k\", \"required\":"
            + " true, \"secret\": true}}, \"options\": {\"url\": \"%s\", \"offsetField\": \"%s\"}}";
    assertThat(problemsOf(recipe.formatted("http://h/<<key>>?a=1", "<<key>>"), "recipe.key", "k1"))
        .containsExactly(
            "Recipe 'own.json' has the secret parameter 'key' in the option 'url', whose value is"
                + " shown; it belongs into a secret option or a header.",
            "Recipe 'own.json' has the secret parameter 'key' in the option 'offsetField', whose"
                + " value is shown; it belongs into a secret option or a header.");
  }

  /** The url of a recipe that has one parameter in it. */
  private String url(String template, String value) throws IOException {
    String json =
        "{\"description\": \"d\", \"parameters\": {\"a\": {\"description\": \"a\","
            + " \"required\": true}}, \"options\": {\"url\": \"%s\"}}";
    Path file = Files.writeString(directory.resolve("url.json"), json.formatted(template));
    Map<String, String> given = Map.of("recipe", file.toString(), "recipe.a", value);
    return RecipeOptions.resolved(given, RestOptions.ALL, new ConfigProblems()).get("url");
  }
}
