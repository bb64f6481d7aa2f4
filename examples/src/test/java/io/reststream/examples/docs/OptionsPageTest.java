package io.reststream.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.config.OnError;
import io.reststream.core.config.Option;
import io.reststream.core.config.RestOptions;
import io.reststream.flink.table.RestTableFactory;
import io.reststream.spark.SparkOptions;
import io.reststream.spark.call.CallOptions;
import io.reststream.spark.decode.JsonOptions;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tables of options are made of the declarations in the code, all of them, in their words. */
class OptionsPageTest {
  private static final String PAGE = "docs/options.md";

  /** What the README shows; the page has the rest. */
  private static final Set<String> MOST_USED =
      Set.of(
          "recipe",
          "url",
          "method",
          "body",
          "streamingInterval",
          "inputData",
          "offsetType",
          "offsetField",
          "initialOffset",
          "offsetBoundary",
          "lookback",
          "order",
          "dataField",
          "keyField",
          "pageSize",
          "pagination",
          "nextField",
          "batchSize",
          "maxRetries",
          "requestsPerSecond",
          "maxConcurrentRequests",
          "authType");

  private static final String HEAD = "| option | value | default | meaning |\n|---|---|---|---|\n";

  @Test
  void thePageHasEveryOptionOfTheCoreInBothSpellings() throws IOException {
    assertThat(table(PAGE, "RestOptions")).isEqualTo(ofTheCore());
  }

  @Test
  void thePageHasEveryOptionThatOnlySparkHas() throws IOException {
    assertThat(table(PAGE, "SparkOptions")).isEqualTo(rows(SparkOptions.ALL));
    assertThat(table(PAGE, "CallOptions")).isEqualTo(rows(ofCalls()));
    assertThat(table(PAGE, "JsonOptions")).isEqualTo(rows(JsonOptions.WITH_SCHEMA));
  }

  @Test
  void thePageHasEveryOptionThatOnlyFlinkSqlHas() throws IOException {
    assertThat(table(PAGE, "TableOptions")).isEqualTo(ofFlinkSql());
  }

  @Test
  void theReadmeHasTheOptionsThatMostJobsNeed() throws IOException {
    assertThat(table("README.md", "RestOptions")).isEqualTo(rows(mostUsed()));
  }

  static String ofTheCore() {
    return RestOptions.ALL.stream()
        .map(
            option ->
                "| `%s` | `%s` %s"
                    .formatted(
                        option.key(),
                        spelledInFlinkSql(option.key()),
                        row(option).substring(("| `" + option.key() + "` ").length())))
        .collect(
            Collectors.joining(
                "",
                "| option | in Flink SQL | value | default | meaning |\n|---|---|---|---|---|\n",
                ""));
  }

  static List<Option<?>> ofCalls() {
    return Stream.of(CallOptions.OF_READS, CallOptions.OF_CALLS)
        .<Option<?>>flatMap(List::stream)
        .distinct()
        .toList();
  }

  static List<Option<?>> mostUsed() {
    return RestOptions.ALL.stream().filter(option -> MOST_USED.contains(option.key())).toList();
  }

  /** Flink knows no sentence for the values of its options; their meaning says what is special. */
  static String ofFlinkSql() {
    Set<String> elsewhere =
        RestOptions.ALL.stream()
            .map(option -> spelledInFlinkSql(option.key()))
            .collect(Collectors.toCollection(HashSet::new));
    elsewhere.add(spelledInFlinkSql(OnError.OPTION.key()));
    StringBuilder rows = new StringBuilder("| option | default | meaning |\n|---|---|---|\n");
    for (ConfigOption<?> option : new RestTableFactory().optionalOptions()) {
      if (!elsewhere.contains(option.key())) {
        rows.append(
            "| `%s` | %s | %s |\n"
                .formatted(
                    option.key(),
                    shown(option.defaultValue()),
                    new HtmlFormatter().format(option.description())));
      }
    }
    return rows.toString();
  }

  static String rows(Collection<Option<?>> options) {
    return options.stream().map(OptionsPageTest::row).collect(Collectors.joining("", HEAD, ""));
  }

  private static String row(Option<?> option) {
    String secret = option.secret() ? " It is never shown." : "";
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            option.key(),
            option.type().allowed().replace('\'', '`'),
            shown(option.defaultText()),
            option.doc() + secret);
  }

  private static String shown(@Nullable Object defaultValue) {
    return defaultValue == null || defaultValue.equals("") ? "" : "`" + defaultValue + "`";
  }

  private static String spelledInFlinkSql(String key) {
    return key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String table(String page, String declared) throws IOException {
    return Pages.between(
        Pages.text(page),
        "<!-- options: generated from %s, checked by OptionsPageTest -->\n".formatted(declared),
        "<!-- end of options -->");
  }
}
