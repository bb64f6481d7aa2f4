package io.reststream.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.config.Option;
import io.reststream.core.config.RestOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OptionsTableTest {
  private static final String BEGIN =
      "<!-- options: generated from TableOptions, checked by OptionsTableTest -->\n";
  private static final String END = "<!-- end of options -->";

  @Test
  void thePageListsEveryOption() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "flink-sql.md"));

    String table = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));

    assertThat(table).isEqualTo(expected());
  }

  private static String expected() {
    StringBuilder table = new StringBuilder("| option | default | meaning |\n|---|---|---|\n");
    HtmlFormatter text = new HtmlFormatter();
    for (ConfigOption<?> option : TableOptions.OWN) {
      table.append(row(option.key(), option.defaultValue(), text.format(option.description())));
    }
    Stream.concat(TableOptions.OF_CALLS.stream(), RestOptions.ALL.stream())
        .forEach(
            option ->
                table.append(
                    row(
                        TableOptions.spelled(option.key()),
                        option.defaultText(),
                        option.doc() + values(option))));
    return table.toString();
  }

  private static String row(String key, @Nullable Object defaultValue, String meaning) {
    boolean given = defaultValue != null && !defaultValue.equals("");
    return "| `%s` | %s | %s |\n".formatted(key, given ? "`" + defaultValue + "`" : "", meaning);
  }

  private static String values(Option<?> option) {
    String allowed = option.type().allowed();
    return allowed.startsWith("one of ")
        ? " Values: %s.".formatted(allowed.substring("one of ".length()).replace('\'', '`'))
        : "";
  }
}
