package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTableTest {
  private static final Path README = Path.of("..", "README.md");
  private static final String BEGIN =
      "<!-- options: generated from RestOptions, checked by OptionsTableTest -->\n";
  private static final String END = "<!-- end of options -->";

  @Test
  void theReadmeListsEveryOption() throws IOException {
    String readme = Files.readString(README);
    String table = readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END));
    assertThat(table).isEqualTo(expected());
  }

  private static String expected() {
    StringBuilder table = new StringBuilder("| option | default | meaning |\n|---|---|---|\n");
    for (Option<?> option : RestOptions.ALL) {
      String defaultText = option.defaultText();
      table.append(
          "| `%s` | %s | %s |\n"
              .formatted(
                  option.key(),
                  defaultText == null || defaultText.isEmpty() ? "" : "`" + defaultText + "`",
                  option.doc() + values(option)));
    }
    return table.toString();
  }

  private static String values(Option<?> option) {
    String allowed = option.type().allowed();
    return allowed.startsWith("one of ")
        ? " Values: %s.".formatted(allowed.substring("one of ".length()).replace('\'', '`'))
        : "";
  }
}
