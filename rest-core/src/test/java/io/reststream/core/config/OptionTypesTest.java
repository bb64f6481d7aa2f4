package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.json.FieldPath;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTypesTest {

  @ParameterizedTest
  @CsvSource({
    "10, 10000",
    "0, 0",
    "0.5, 500",
    "1.250, 1250",
    "500ms, 500",
    "500 ms, 500",
    "2s, 2000",
    "1m, 60000",
    "1.5m, 90000",
    "3min, 180000",
    "2h, 7200000",
    "1d, 86400000",
    "' 7 ', 7000",
    "1M, 60000",
    "999999999d, 86399999913600000",
    "999999999999ms, 999999999999",
  })
  void durationIsInSecondsOrHasAUnit(String text, long millis) {
    assertThat(OptionTypes.duration().parser().parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "soon",
        "-1",
        "+1",
        "1e3",
        "10 000",
        "1,5",
        ".5",
        "5.",
        "0.0001",
        "0.5ms",
        "1w",
        "1ms2",
        "PT1M",
        "1000000000",
        "٣"
      })
  void durationIsNothingElse(String text) {
    assertThat(OptionTypes.duration().parser().parse(text)).isNull();
  }

  @Test
  void wholeNumberHasALowerBound() {
    assertThat(OptionTypes.integer(1).parser().parse(" 12 ")).isEqualTo(12);
    assertThat(OptionTypes.integer(1).parser().parse("1")).isEqualTo(1);
    assertThat(OptionTypes.integer(1).parser().parse("2147483647")).isEqualTo(Integer.MAX_VALUE);
    assertThat(List.of("0", "-1", "1.0", "1e3", "", "2147483648", "0x10"))
        .allSatisfy(text -> assertThat(OptionTypes.integer(1).parser().parse(text)).isNull());
  }

  @Test
  void truthIsTrueOrFalseInAnyCase() {
    assertThat(OptionTypes.bool().parser().parse("true")).isTrue();
    assertThat(OptionTypes.bool().parser().parse(" FALSE ")).isFalse();
    assertThat(List.of("yes", "1", "", "t"))
        .allSatisfy(text -> assertThat(OptionTypes.bool().parser().parse(text)).isNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_field", "MAX_FIELD", "maxField", "max-field", " maxfield "})
  void constantIsWrittenInAnySpelling(String text) {
    assertThat(OptionTypes.oneOf(OffsetType.class).parser().parse(text))
        .isEqualTo(OffsetType.MAX_FIELD);
  }

  @Test
  void fieldIsDottedOrAPointer() {
    assertThat(OptionTypes.path().parser().parse("$.a.b"))
        .isEqualTo(new FieldPath(List.of("a", "b")));
    assertThat(OptionTypes.path().parser().parse("")).isEqualTo(new FieldPath(List.of()));
    assertThat(OptionTypes.path().parser().parse("a..b")).isNull();
    assertThat(OptionTypes.path().parser().parse("/a~2")).isNull();
  }

  @Test
  void fieldsAreSeparatedByCommas() {
    assertThat(OptionTypes.paths().parser().parse("id, meta.tenant"))
        .containsExactly(FieldPath.parse("id"), FieldPath.parse("meta.tenant"));
    assertThat(List.of("", "id,", ",id", "a..b"))
        .allSatisfy(text -> assertThat(OptionTypes.paths().parser().parse(text)).isNull());
  }

  @Test
  void valueOfAResponseIsAFieldOrAHeader() {
    assertThat(OptionTypes.responseField().parser().parse("meta.next"))
        .isEqualTo(new ResponseField.Body(FieldPath.parse("meta.next")));
    assertThat(OptionTypes.responseField().parser().parse("Header: X-Next"))
        .isEqualTo(new ResponseField.Header("X-Next"));
    assertThat(List.of("", "$", "header:", "header:a b", "a..b"))
        .allSatisfy(text -> assertThat(OptionTypes.responseField().parser().parse(text)).isNull());
  }
}
