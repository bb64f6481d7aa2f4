package io.reststream.core.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.offset.OffsetValue.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetValueTest {

  // kinds

  @ParameterizedTest
  @CsvSource({
    "0, NUMBER",
    "007, NUMBER",
    "-12, NUMBER",
    "1712345678.000100, NUMBER",
    "123456789012345678901234567890, NUMBER",
    "2024-01-01, INSTANT",
    "2024-01-01T10:00:00Z, INSTANT",
    "2024-01-01 10:00:00.5+02:00, INSTANT",
    "'', TEXT",
    "abc, TEXT",
    "1e5, TEXT",
    "+5, TEXT",
    "1., TEXT",
    ".5, TEXT",
    "1.2.3, TEXT",
    "-, TEXT",
    "12 , NUMBER",
    "' 12', TEXT",
    "0x10, TEXT",
    "٣, TEXT",
    "2024, NUMBER",
    "2024-13-01, TEXT",
    "2024-01-01T, TEXT",
    "01.02.2024, TEXT",
  })
  void textIsANumberATimeOrItself(String text, Kind kind) {
    assertThat(OffsetValue.ofText(text).kind()).isEqualTo(kind);
    assertThat(OffsetValue.ofText(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "-0", "1.50", "1E+2", "2.5e-3", "9223372036854775808", "1e999"})
  void numberKeepsItsText(String number) {
    assertThat(OffsetValue.ofNumber(number).text()).isEqualTo(number);
    assertThat(OffsetValue.ofNumber(number).kind()).isEqualTo(Kind.NUMBER);
  }

  @Test
  void cursorIsOnlyItself() {
    assertThat(OffsetValue.opaque("5").kind()).isEqualTo(Kind.TEXT);
    assertThat(OffsetValue.opaque("5")).isNotEqualTo(OffsetValue.ofText("5"));
  }

  @Test
  void valueIsReadAgainFromItsKindAndText() {
    for (OffsetValue value :
        List.of(
            OffsetValue.of(Long.MIN_VALUE),
            OffsetValue.ofNumber("1.0E+2"),
            OffsetValue.ofText("2024-01-01T00:00:00.000000001+01:00"),
            OffsetValue.ofText("abc"),
            OffsetValue.opaque("17"))) {
      OffsetValue again = OffsetValue.of(value.kind(), value.text());
      assertThat(again).isEqualTo(value);
      assertThat(again.text()).isEqualTo(value.text());
    }
  }

  // order

  @ParameterizedTest
  @CsvSource({
    "9, 10",
    "-10, -9",
    "-1, 0",
    "99, 100.5",
    "1712345678.000100, 1712345678.000200",
    "1712345678.9, 1712345679",
    "0.9, 1.10",
    "1.10, 1.2",
    "9223372036854775807, 9223372036854775808",
    "9223372036854775806, 9223372036854775807",
    "-9223372036854775809, -9223372036854775808",
    "999999999999999999, 1000000000000000000",
    "9007199254740992, 9007199254740993",
    "99999999999999999999, 100000000000000000000",
    "2024-01-01T00:00:00Z, 2024-01-01T00:00:00.000000001Z",
    "2024-01-01T01:00:00+02:00, 2024-01-01T00:00:00Z",
    "2023-12-31, 2024-01-01",
    "2024-01-01, 2024-01-01T00:00:01",
    "a, b",
    "B, a",
    "a, aa",
    "'', a",
    "a10, a9",
    "z, é",
    "\uFFFD, \uD83D\uDEB2",
    "\uE000, \uD800\uDC00",
    "a\uD83D\uDEB2, b",
  })
  void smallerComesFirst(String smaller, String larger) {
    OffsetValue low = OffsetValue.ofText(smaller);
    OffsetValue high = OffsetValue.ofText(larger);
    assertThat(low.compareTo(high)).isNegative();
    assertThat(high.compareTo(low)).isPositive();
    assertThat(low).isNotEqualTo(high);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "1.50, 1.5",
    "007, 7",
    "-0, 0",
    "9223372036854775808.0, 9223372036854775808",
    "1000000000000000000, 1000000000000000000.000",
    "2024-01-01T02:00:00+02:00, 2024-01-01T00:00:00Z",
    "2024-01-01, 2024-01-01T00:00:00",
    "2024-01-01T00:00:00.1Z, 2024-01-01t00:00:00.100000z",
  })
  void equalValuesMayBeWrittenInTwoWays(String one, String other) {
    OffsetValue left = OffsetValue.ofText(one);
    OffsetValue right = OffsetValue.ofText(other);
    assertThat(left).isEqualByComparingTo(right).isEqualTo(right).hasSameHashCodeAs(right);
  }

  @Test
  void jsonNumberAndTextOfDigitsAreOneKind() {
    assertThat(OffsetValue.ofNumber("1e2")).isEqualTo(OffsetValue.ofText("100"));
    assertThat(OffsetValue.of(5)).isEqualTo(OffsetValue.ofText("5.0"));
    assertThat(OffsetValue.of(100)).hasSameHashCodeAs(OffsetValue.ofNumber("1e2"));
  }

  @Test
  void kindsDoNotCompare() {
    assertThatThrownBy(() -> OffsetValue.ofText("abc").compareTo(OffsetValue.of(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'abc' is text and '5' is a number: they do not compare");
    assertThatThrownBy(() -> OffsetValue.ofText("2024-01-01").compareTo(OffsetValue.ofText("2024")))
        .hasMessage("'2024-01-01' is a time and '2024' is a number: they do not compare");
    assertThat(OffsetValue.ofText("abc")).isNotEqualTo(OffsetValue.of(5)).isNotEqualTo(null);
  }

  @Test
  void orderAndHashAgreeWithBigDecimal() {
    Random random = new Random(7);
    List<OffsetValue> values = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      values.add(OffsetValue.ofNumber(number(random)));
    }
    for (OffsetValue left : values) {
      for (OffsetValue right : values) {
        int order = new BigDecimal(left.text()).compareTo(new BigDecimal(right.text()));
        assertThat(Integer.signum(left.compareTo(right))).isEqualTo(order);
        assertThat(left.equals(right)).isEqualTo(order == 0);
        if (order == 0) {
          assertThat(left.hashCode()).isEqualTo(right.hashCode());
        }
      }
    }
  }

  private static String number(Random random) {
    String sign = random.nextBoolean() ? "-" : "";
    return switch (random.nextInt(5)) {
      case 0 -> sign + random.nextInt(20);
      case 1 ->
          sign + random.nextInt(20) + "." + random.nextInt(10) + "0".repeat(random.nextInt(3));
      case 2 -> sign + random.nextInt(20) + "e" + random.nextInt(21);
      case 3 -> Long.toString(Long.MAX_VALUE - random.nextInt(3));
      default -> sign + "922337203685477580" + random.nextInt(20);
    };
  }

  @Test
  void orderOfTextIsThatOfItsCodePoints() {
    Random random = new Random(7);
    int[] points = {
      'a', 'b', 0x7F, 0xE9, 0x4E16, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x1F6B2, 0x10FFFF
    };
    Comparator<String> byCodePoint =
        (left, right) -> {
          int[] one = left.codePoints().toArray();
          int[] other = right.codePoints().toArray();
          return Arrays.compare(one, other);
        };
    for (int i = 0; i < 5_000; i++) {
      String left = text(random, points);
      String right = text(random, points);
      assertThat(Integer.signum(OffsetValue.opaque(left).compareTo(OffsetValue.opaque(right))))
          .as("%s %s", left, right)
          .isEqualTo(Integer.signum(byCodePoint.compare(left, right)));
    }
  }

  private static String text(Random random, int[] points) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  // plus one

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "-1, 0",
    "9, 10",
    "9007199254740992, 9007199254740993",
    "9223372036854775806, 9223372036854775807",
    "9223372036854775807, 9223372036854775808",
    "99999999999999999999, 100000000000000000000",
    "5.0, 6",
    "007, 8",
  })
  void nextIdIsExact(String id, String next) {
    assertThat(OffsetValue.ofText(id).isInteger()).isTrue();
    assertThat(OffsetValue.ofText(id).plusOne().text()).isEqualTo(next);
  }

  @Test
  void nextIdDoesNotOverflow() {
    assertThat(OffsetValue.of(Long.MAX_VALUE).plusOne().text()).isEqualTo("9223372036854775808");
  }

  @Test
  void nextIdOfAnExponentIsWrittenOut() {
    assertThat(OffsetValue.ofNumber("1e20").plusOne().text()).isEqualTo("100000000000000000001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "abc", "2024-01-01", "0.001"})
  void onlyWholeNumbersHaveANext(String text) {
    assertThat(OffsetValue.ofText(text).isInteger()).isFalse();
    assertThatThrownBy(() -> OffsetValue.ofText(text).plusOne())
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e1000", "1e-1001", "1e999999999", "-1e-999999999", "1e2147483648", "0e5000"})
  void numbersWithAbsurdExponentsAreRefused(String number) {
    assertThatThrownBy(() -> OffsetValue.ofNumber(number))
        .isInstanceOf(NumberFormatException.class);
  }

  @Test
  void numbersOfAThousandDigitsAreNot() {
    String digits = "1" + "9".repeat(999);
    assertThat(OffsetValue.ofText(digits).plusOne().text()).isEqualTo("2" + "0".repeat(999));
    assertThatThrownBy(() -> OffsetValue.ofText(digits + "9"))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("more than 1000 digits");
  }

  // the largest

  @Test
  void largestKeepsTheLargestAndTheDistinctOneBelow() {
    Largest largest = Largest.NONE;
    for (long value : new long[] {5, 3, 5, 4, 9, 9, 7, 8, 2}) {
      largest = largest.with(OffsetValue.of(value));
    }
    assertThat(largest).isEqualTo(new Largest(OffsetValue.of(9), OffsetValue.of(8)));
    assertThat(Largest.NONE.with(OffsetValue.of(5)).with(OffsetValue.of(5)))
        .isEqualTo(new Largest(OffsetValue.of(5), null));
  }

  @Test
  void orderIsTakenForAscendingAfterSixteenRecords() {
    assertThat(new OrderSeen(15, OffsetValue.of(1), true).inferred()).isFalse();
    assertThat(new OrderSeen(16, OffsetValue.of(1), true).inferred()).isTrue();
    assertThat(new OrderSeen(16, OffsetValue.of(1), false).inferred()).isFalse();
  }
}
