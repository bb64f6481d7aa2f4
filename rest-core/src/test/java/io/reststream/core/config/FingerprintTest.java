package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.ReadMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
  private static final int PER_OPTION = 4;

  private static Map<String, Object> values(String... keysAndValues) {
    return ParsedOptions.parse(Options.withUrl(keysAndValues), ReadMode.STREAM, List.of()).values();
  }

  private static List<String> changed(Map<String, Object> before, Map<String, Object> after) {
    return Fingerprint.differences(Fingerprint.of(before), after, "");
  }

  @ParameterizedTest
  @CsvSource({
    "method, POST",
    "url, https://api.example.com/other?since={offset}",
    "body, '{}'",
    "offsetType, max_field",
    "offsetField, updated_at",
    "offsetBoundary, exclusive",
    "order, ascending",
    "pagination, nextUrl",
    "dataField, events",
    "dataField, ''",
    "keyField, id",
    "offsetGranularity, 1m",
    "offsetFormat, epochSeconds",
  })
  void optionThatGivesAPositionItsMeaningIsNamed(String key, String value) {
    String url = "https://api.example.com/events?since={offset}";
    assertThat(
            changed(values("url", url), values(key, value, "url", key.equals("url") ? value : url)))
        .containsExactly(key);
  }

  @Test
  void severalAreNamedTogether() {
    assertThat(changed(values(), values("dataField", "items", "order", "none", "method", "POST")))
        .containsExactly("method", "order", "dataField");
  }

  @ParameterizedTest
  @CsvSource({
    "streamingInterval, 5",
    "batchSize, 10",
    "readTimeout, 5",
    "header.Authorization, x",
    "initialOffset, 7",
    "pageSize, 10",
    "lookback, 5m",
    "offsetSendFormat, epochSeconds",
    "maxKeys, 10",
    "allowComments, true",
    "allowUnquotedFieldNames, true",
    "allowSingleQuotes, true",
    "allowNumericLeadingZeros, true",
    "allowBackslashEscapingAnyCharacter, true",
    "allowUnquotedControlChars, true",
    "allowNonNumericNumbers, true",
    "inputData, '[{\"a\":1}]'",
  })
  void otherOptionsMayChange(String key, String value) {
    assertThat(changed(values(), values(key, value))).isEmpty();
  }

  @Test
  void spellingOfAValueIsNoChange() {
    String url = "https://h/?since={offset}";
    assertThat(
            changed(
                values("url", url, "offsetType", "max_field", "offsetField", "meta.ts"),
                values("url", url, "offsetType", "MAX-FIELD", "offsetField", "/meta/ts")))
        .isEmpty();
    assertThat(
            changed(
                values("keyField", "a,b.c", "dataField", "x.y"),
                values("keyField", " a , $.b.c", "dataField", "/x/y")))
        .isEmpty();
  }

  @Test
  void fieldWithADotInItsNameIsAnotherField() {
    assertThat(changed(values("dataField", "a.b"), values("dataField", "/a.b")))
        .containsExactly("dataField");
  }

  @Test
  void shorterOneIsOlderAndMeansTheDefaults() {
    String whole = Fingerprint.of(values());
    for (int options = 0; options * PER_OPTION <= whole.length(); options++) {
      String older = whole.substring(0, options * PER_OPTION);
      List<String> differences = Fingerprint.differences(older, values(), "");
      // Neither method nor url is among the defaults of options that came later.
      assertThat(differences).isEqualTo(options < 2 ? List.of("url") : List.of());
    }
    String withoutKeyField = whole.substring(0, 10 * PER_OPTION);
    assertThat(Fingerprint.differences(withoutKeyField, values("keyField", "id"), ""))
        .containsExactly("keyField");
    String withoutTheLast = whole.substring(0, whole.length() - PER_OPTION);
    assertThat(
            Fingerprint.differences(
                withoutTheLast, values("queryType", "querystring", "inputData", "[{\"a\":1}]"), ""))
        .containsExactly("queryType");
  }

  @Test
  void theSizeOfAPageMattersWherePagesAreNumbered() {
    assertThat(changed(values(), values("pageSize", "9"))).isEmpty();
    String[] numbered = {"url", "https://h/{?offset,page,pageSize}", "pagination", "pageNumber"};
    Map<String, Object> before = values(with(numbered, "pageSize", "9"));
    assertThat(changed(before, values(with(numbered, "pageSize", "8"))))
        .containsExactly("pageSize");
    assertThat(changed(before, values(with(numbered, "pageSize", "9", "pageStep", "2"))))
        .containsExactly("pageStep");
  }

  @Test
  void acceptedChangesAreNotNamed() {
    String before = Fingerprint.of(values());
    Map<String, Object> after = values("dataField", "items", "order", "none");
    assertThat(Fingerprint.differences(before, after, "data-field, ORDER")).isEmpty();
    assertThat(Fingerprint.differences(before, after, "order")).containsExactly("dataField");
  }

  @Test
  void acceptChangesNamesWhatCanBeToldApart() {
    assertThat(Options.problem("acceptChanges", "order,batchSize"))
        .isEqualTo(
            "Option 'acceptChanges' must name options among method, url, body, offsetType,"
                + " offsetField, offsetBoundary, order, pagination, nextField, dataField, keyField,"
                + " firstPage, pageStep, pageSize, offsetGranularity, offsetFormat, queryType,"
                + " inputData, but names 'batchSize'.");
  }

  @Test
  void holdsNoValue() {
    assertThat(Fingerprint.of(values("body", "{\"password\":\"hidden\"}", "method", "POST")))
        .matches("[\\w.-]{68}")
        .doesNotContain("hidden");
  }

  @Test
  void strangeFingerprintIsADifference() {
    assertThat(Fingerprint.differences("xxxx", values(), "")).containsExactly("method", "url");
  }

  private static String[] with(String[] options, String... more) {
    return Stream.of(options, more).flatMap(Stream::of).toArray(String[]::new);
  }
}
