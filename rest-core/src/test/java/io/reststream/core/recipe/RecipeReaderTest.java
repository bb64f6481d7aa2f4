package io.reststream.core.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeReaderTest {

  private static Recipe read(String json) throws RecipeException {
    return new RecipeReader("own").read(json.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      quoteCharacter = '`',
      value = {
        "{'description': -> Recipe 'own' is not JSON at line 1, column 16: Unexpected end-of-input within/between Object entries",
        "{'a': 1, 'a': 2} -> Recipe 'own' is not JSON at line 1, column 13: Duplicate field 'a'",
        "[] -> Recipe 'own' must be a JSON object, but it is not.",
        "{'options': {}} -> Recipe 'own' must have 'description', but it has none.",
        "{'description': ' ', 'options': {}} -> Recipe 'own' must have 'description', but it has none.",
        "{'description': [], 'options': {}} -> Recipe 'own' must have 'description' as text, but it has something else.",
        "{'description': 'd', 'optoins': {}} -> Recipe 'own' may hold description, documentation, parameters, options, but it has 'optoins'.",
        "{'description': 'd', 'options': []} -> Recipe 'own' must be a JSON object, but 'options' of it is not.",
        "{'description': 'd', 'options': {'url': null}} -> Recipe 'own' must give each option a value, but 'url' is null.",
        "{'description': 'd', 'parameters': []} -> Recipe 'own' must be a JSON object, but 'parameters' is not.",
        "{'description': 'd', 'parameters': {'a b': {}}} -> Recipe 'own' must name its parameters with letters and digits, but names one 'a b'.",
        "{'description': 'd', 'parameters': {'a': 1}} -> Recipe 'own' must be a JSON object, but the parameter 'a' is not.",
        "{'description': 'd', 'parameters': {'a': {}}} -> Recipe 'own' must have 'description', but the parameter 'a' has none.",
        "{'description': 'd', 'parameters': {'a': {'description': 'a', 'secret': 'yes'}}} -> Recipe 'own' must have 'secret' as true or false, but the parameter 'a' has something else.",
        "{'description': 'd', 'parameters': {'a': {'defalt': 'x'}}} -> Recipe 'own' may hold description, required, default, secret, choices, options, but the parameter 'a' has 'defalt'.",
        "{'description': 'd', 'parameters': {'a': {'description': 'a', 'required': true, 'default': 'x'}}} -> Recipe 'own' has the parameter 'a' with 'required' and 'default', which exclude each other.",
        "{'description': 'd', 'parameters': {'a': {'description': 'a', 'default': 'x', 'choices': {'y': {}}}}} -> Recipe 'own' has the parameter 'a' whose default 'x' is none of its choices.",
        "{'description': 'd', 'parameters': {'a': {'description': 'a', 'choices': {'y': 1}}}} -> Recipe 'own' must be a JSON object, but a choice of the parameter 'a' is not.",
        "{'description': 'd', 'parameters': {'a': {'description': 'a', 'default': 'x'}}, 'options': {'url': 'http://h/<<b>>'}} -> Recipe 'own' has '<<b>>' in the option 'url', but declares only the parameters a.",
        "{'description': 'd', 'parameters': {'a': {'description': 'a', 'default': 'x'}}, 'options': {'inputData': [{'c': '<<a.b>>'}]}} -> Recipe 'own' has '<<a.b>>' in the option 'inputData', but declares only the parameters a.",
        "{'description': 'd', 'parameters': {'a': {'description': 'a', 'choices': {'y': {'b': 1}, 'z': {}}, 'options': {'url': '<<a.b>>'}}}} -> Recipe 'own' has '<<a.b>>' in the option 'url', but declares only the parameters a.",
        "{'description': 'd', 'parameters': {'a': {'description': 'a'}}, 'options': {'url': 'http://h/<<a>>'}} -> Recipe 'own' has the parameter 'a', which may be left out, in the option 'url'; make it required, give it a default, or move the option into those of the parameter.",
      })
  void whatIsWrongIsSaid(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(RecipeException.class)
        .message()
        .startsWith(message);
  }

  @Test
  void parameterThatAnotherOneNeedsIsAskedFor() throws RecipeException {
    Recipe recipe =
        read(
            "{'description': 'd', 'parameters': {"
                + "'id': {'description': 'i'},"
                + "'secret': {'description': 's', 'options': {'body': '<<id>>:<<secret>>'}}}}");
    assertThat(recipe.settings(Map.of("id", "i"))).isEmpty();
    assertThat(recipe.settings(Map.of("id", "i", "secret", "s")))
        .extracting(Setting::text)
        .containsExactly("i:s");
    assertThatThrownBy(() -> recipe.settings(Map.of("secret", "s")))
        .hasMessage(
            "Recipe 'own' needs the parameter 'id' for its option 'body': set 'recipe.id'.");
  }

  @Test
  void whatIsNoParameterStaysText() throws RecipeException {
    Recipe recipe =
        read(
            "{'description': 'd', 'options': {'body': '<<>> <<a b>> <x> {y} ${env:Z} ${file:/z}',"
                + " 'pageSize': 10, 'shortPageEnds': true}}");
    assertThat(recipe.settings(Map.of()))
        .extracting(Setting::text)
        .containsExactly("<<>> <<a b>> <x> {y} ${env:Z} ${file:/z}", "10", "true");
  }
}
