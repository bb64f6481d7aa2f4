package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.ConfigException;
import io.reststream.core.config.Option;
import io.reststream.core.config.OptionTypes;
import io.reststream.core.config.Options;
import io.reststream.core.config.RestOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestConfigTest {
  private static final Option<Integer> RETAIN =
      Option.of(
          "pageLogRetainBatches", OptionTypes.integer(1), "100", "How many batches are kept.");

  @Test
  void optionsAreReadByTheirType() {
    RestConfig config = Options.stream("streamingInterval", "1m", "batchSize", "50");
    assertThat(config.value(RestOptions.STREAMING_INTERVAL)).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.value(RestOptions.BATCH_SIZE)).isEqualTo(50);
    assertThat(config.value(RestOptions.READ_TIMEOUT)).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.mode()).isEqualTo(ReadMode.STREAM);
  }

  @Test
  void optionWithoutValueAndDefaultIsNotThere() {
    RestConfig config = Options.stream();
    assertThat(config.find(RestOptions.PAGE_SIZE)).isEmpty();
    assertThatThrownBy(() -> config.value(RestOptions.PAGE_SIZE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Option 'pageSize' is not set.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"batchSize", "batchsize", "batch-size", "BATCH_SIZE", " Batch_Size "})
  void keysHaveAnySpelling(String key) {
    RestConfig config = Options.stream(key, "7");
    assertThat(config.value(RestOptions.BATCH_SIZE)).isEqualTo(7);
    assertThat(config.options())
        .containsOnlyKeys("url", "batchSize")
        .containsEntry("batchSize", "7");
  }

  @Test
  void sameOptionInTwoSpellingsIsRefusedEvenWithEqualValues() {
    assertThat(Options.problem("batchSize", "7", "batch-size", "7"))
        .isEqualTo("Option 'batchSize' is given twice, as 'batch-size' and as 'batchSize'.");
  }

  @ParameterizedTest
  @CsvSource({
    "offsettyp, ' Did you mean ''offsetType''?'",
    "interval, ''",
    "heade.Accept, ''",
  })
  void unknownOptionIsRefusedWithASuggestion(String key, String suggestion) {
    assertThat(Options.problem(key, "x"))
        .isEqualTo("Option '" + key + "' is not known." + suggestion);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "streamingInterval | soon | a duration such as '10' (seconds), '500ms' or '1m'",
        "batchSize | 0 | a whole number from 1 to 2147483647",
        "batchSize | many | a whole number from 1 to 2147483647",
        "offsetType | cursors | one of 'timestamp', 'cursor', 'incremental', 'max_field'",
        "method | HEAD | one of 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'",
        "offsetBoundary | open | one of 'inclusive', 'exclusive'",
        "order | newest | one of 'ascending', 'descending', 'none'",
        "pagination | link | one of 'none', 'nextUrl', 'linkHeader', 'cursor', 'pageNumber', 'offsetLimit', 'lastRecord'",
        "streaming | yes | 'true' or 'false'",
        "dataField | a..b | a field such as 'next', 'meta.next', '/meta/next' or '$.meta.next'",
        "keyField | a,,b | one or several fields such as 'id' or 'tenant,id'",
        "offsetField | '' | a field such as 'next', 'meta.next', '/meta/next' or '$.meta.next',"
            + " several of these separated by commas, 'header:Name' or 'link:next'",
        "readTimeout | -1 | a duration such as '10' (seconds), '500ms' or '1m'",
        "maxKeys | 1e6 | a whole number from 1 to 2147483647",
      })
  void badValueIsShownWithWhatIsAllowed(String key, String value, String allowed) {
    assertThat(Options.problem(key, value))
        .isEqualTo("Option '%s' must be %s, but was '%s'.".formatted(key, allowed, value));
  }

  @Test
  void optionWithoutTextIsRefused() {
    assertThat(Options.problem("batchSize", null))
        .isEqualTo("Option 'batchSize' must be a whole number from 1 to 2147483647, but was null.");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    Map<String, String> options =
        Options.of("batchSize", "0", "offsettyp", "x", "streaming", "false", "inputData", "5");
    assertThatThrownBy(() -> RestConfig.parse(options, ReadMode.STREAM))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "5 problems in the options:\n"
                + "  - Option 'batchSize' must be a whole number from 1 to 2147483647, but was"
                + " '0'.\n"
                + "  - Option 'offsettyp' is not known. Did you mean 'offsetType'?\n"
                + "  - Option 'inputData' must be a JSON array of one or more objects such as"
                + " [{\"tenant\": \"a\"}], but was '5'.\n"
                + "  - Option 'url' is missing: the address to ask, such as"
                + " 'https://api.example.com/events?since={timestamp}'.\n"
                + "  - Option 'streaming' is 'false', but this is a streaming read; leave the"
                + " option out.");
  }

  @Test
  void oneProblemStandsAlone() {
    assertThatThrownBy(() -> RestConfig.parse(Map.of(), ReadMode.BATCH))
        .hasMessageStartingWith("Option 'url' is missing: ");
  }

  @Test
  void enginesDeclareOptionsOfTheirOwn() {
    Map<String, String> options = Options.withUrl("page-log-retain-batches", "5");
    RestConfig config = RestConfig.parse(options, ReadMode.STREAM, List.of(RETAIN));
    assertThat(config.value(RETAIN)).isEqualTo(5);
    assertThat(RestConfig.parse(Options.withUrl(), ReadMode.STREAM, List.of(RETAIN)).value(RETAIN))
        .isEqualTo(100);
    assertThatThrownBy(() -> RestConfig.parse(options, ReadMode.STREAM))
        .hasMessage("Option 'page-log-retain-batches' is not known.");
    assertThatThrownBy(
            () ->
                RestConfig.parse(
                    Options.withUrl("pageLogRetainBatch", "5"), ReadMode.STREAM, List.of(RETAIN)))
        .hasMessage(
            "Option 'pageLogRetainBatch' is not known. Did you mean 'pageLogRetainBatches'?");
  }

  @Test
  void survivesSerialization() throws Exception {
    RestConfig config =
        RestConfig.parse(
            Options.withUrl(
                "header.Authorization", "Bearer x",
                "HEADERS", "{\"Accept\":\"a/b\"}",
                "inputData", "[{\"tenant\":\"a\"}]",
                "pageLogRetainBatches", "5",
                "keyField", "id"),
            ReadMode.STREAM,
            List.of(RETAIN));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(config);
    }
    RestConfig copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (RestConfig) in.readObject();
    }
    assertThat(copy.options()).isEqualTo(config.options());
    assertThat(copy.mode()).isEqualTo(ReadMode.STREAM);
    assertThat(copy.inputs()).isEqualTo(config.inputs());
    assertThat(copy.value(RETAIN)).isEqualTo(5);
    assertThat(copy.request().headers()).isEqualTo(config.request().headers());
    assertThat(copy.fingerprint()).isEqualTo(config.fingerprint());
    assertThat(copy).hasToString(config.toString());
  }

  @Test
  void secretsAreNotShown() {
    RestConfig config =
        Options.stream(
            "url", "https://api.example.com/x?api_key=hidden&since={offset}",
            "HEADER.Authorization", "Bearer hidden",
            "headers", "{\"X-Api-Key\":\"hidden\"}",
            "body", "{\"password\":\"hidden\"}",
            "batchSize", "7");
    assertThat(config)
        .hasToString(
            "RestConfig{batchSize=7, body=****, header.Authorization=****, headers=****,"
                + " url=https://api.example.com/x?api_key=****&since={offset}}");
    assertThat(config.options()).containsEntry("header.Authorization", "Bearer hidden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "headers | {\"X-Api-Key\":\"hidden\"",
        "headers | {\"X-Api-Key\":[\"hidden\"]}",
        "header.X-Api-Key | hidden{x*}",
        "header.X-Api-Key | hiddenü",
        "body | {\"password\": hidden}",
        "body | {\"password\":\"hidden\"",
        "body | {\"password\":\"hidden\", \"x\": a{offset}}",
      })
  void secretsAreNotInMessages(String key, String value) {
    assertThat(Options.problem(key, value)).doesNotContain("hidden");
  }

  @Test
  void bodyIsEscapedAsItsContentTypeSays() {
    String nasty = "a\"b&c=d";
    String url = "https://h/?x={offset}";
    Map<String, Object> values = Map.of("q", nasty);
    RestConfig json =
        Options.stream(
            "url", url,
            "inputData", "[{\"q\":1}]",
            "header.content-type", "application/json; charset=utf-8",
            "body", "{\"q\":\"{q}\"}");
    assertThat(json.request().body().expand(values::get)).isEqualTo("{\"q\":\"a\\\"b&c=d\"}");
    RestConfig form =
        Options.stream(
            "url", url,
            "inputData", "[{\"q\":1}]",
            "headers", "{\"Content-Type\":\"application/x-www-form-urlencoded\"}",
            "body", "q={q}");
    assertThat(form.request().body().expand(values::get)).isEqualTo("q=a%22b%26c%3Dd");
    RestConfig guessed =
        Options.stream("url", url, "inputData", "[{\"q\":1}]", "body", "{\"q\":{q}}");
    assertThat(guessed.request().body().expand(values::get)).isEqualTo("{\"q\":\"a\\\"b&c=d\"}");
    assertThat(guessed.request().headers().get("Content-Type").expand(values::get))
        .isEqualTo("application/json");
  }
}
