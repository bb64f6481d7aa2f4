package io.reststream.core.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EarlierTest {

  private static @Nullable Span span(@Nullable String text) {
    return text == null ? null : Objects.requireNonNull(Span.parse(text));
  }

  private static String asked(
      String value, @Nullable String lookback, @Nullable String granularity, boolean exclusive) {
    return new Earlier(span(lookback), span(granularity))
        .of(OffsetValue.ofText(value), exclusive)
        .text();
  }

  @ParameterizedTest
  @CsvSource({
    "100, 30, 70",
    "9007199254740993, 2, 9007199254740991",
    "123456789012345678901234567890, 1, 123456789012345678901234567889",
    "10.75, 0.5, 10.25",
    "5, 10, -5",
    "2024-01-01, 1h, 2023-12-31",
    "2024-01-01T00:01, 90s, 2023-12-31T23:59",
    "2024-01-01T00:01:00Z, 5m, 2023-12-31T23:56:00Z",
    "2024-01-01 00:01:00.500, 5, 2024-01-01 00:00:55.500",
    "2024-01-01T00:01:00.123456+02:00, 1500ms, 2024-01-01T00:00:58.623456+02:00",
    "0001-01-03T00:00:00Z, 9d, 0001-01-02T00:00:00Z",
  })
  void isAskedThatMuchEarlierInTheSameForm(String value, String lookback, String asked) {
    assertThat(asked(value, lookback, null, false)).isEqualTo(asked);
    assertThat(asked(value, lookback, null, true)).isEqualTo(asked);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-01T10:05:37Z, 1m, 2024-01-01T10:05:00Z, 2024-01-01T10:04:00Z",
    "2024-01-01T10:05:00Z, 1m, 2024-01-01T10:05:00Z, 2024-01-01T10:04:00Z",
    "2024-01-01T10:05:37Z, 1d, 2024-01-01T00:00:00Z, 2023-12-31T00:00:00Z",
    "137, 60, 120, 60",
    "-1, 60, -60, -120",
  })
  void isAskedWithWhatTheApiDoesNotRound(
      String value, String granularity, String inclusive, String exclusive) {
    assertThat(asked(value, null, granularity, false)).isEqualTo(inclusive);
    assertThat(asked(value, null, granularity, true)).isEqualTo(exclusive);
  }

  @Test
  void aGranularityCoarserThanTheLookbackCoversIt() {
    assertThat(asked("2024-01-01T10:05:37Z", "10s", "1m", false)).isEqualTo("2024-01-01T10:05:00Z");
    assertThat(asked("2024-01-01T10:05:07Z", "10s", "1m", false)).isEqualTo("2024-01-01T10:04:00Z");
  }

  @Test
  void ofSeveralValuesTheFirstOneIsEarlier() {
    Earlier earlier = new Earlier(span("5"), null);
    OffsetValue sort = OffsetValue.ofArray("[100,\"7\",\"b\"]");
    assertThat(earlier.of(sort, true).text()).isEqualTo("[95,\"7\",\"b\"]");
    assertThat(earlier.of(sort, true)).isLessThan(sort);
  }

  @Test
  void severalValuesCompareOneAfterTheOther() {
    assertThat(OffsetValue.ofArray("[9,\"b\"]")).isLessThan(OffsetValue.ofArray("[10,\"a\"]"));
    assertThat(OffsetValue.ofArray("[10,\"9\"]")).isLessThan(OffsetValue.ofArray("[10,\"10\"]"));
    assertThat(OffsetValue.ofArray("[10,\"a\"]")).isEqualTo(OffsetValue.ofArray("[10.0,\"a\"]"));
    OffsetValue text = OffsetValue.ofArray("[\"x\",\"a\"]");
    assertThat(OffsetValue.ofArray("[10,\"a\"]")).isNotEqualTo(text);
    assertThat(text.comparesWith(OffsetValue.ofArray("[\"x\"]"))).isFalse();
    assertThat(text.described()).isEqualTo("a list of text and text");
    assertThatThrownBy(() -> OffsetValue.ofArray("[[1]]"))
        .hasMessage("'[[1]]' is no array of numbers and texts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "5 weeks", "1e9", "m", "1.m"})
  void whatIsNoSpanIsNone(String text) {
    assertThat(Span.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"300, 300", "300.0, 300", "5m, PT5M", "300s, PT5M", "1.5h, PT1H30M", "0, 0"})
  void oneDistanceHasOneText(String text, String shown) {
    assertThat(span(text)).hasToString(shown);
  }
}
