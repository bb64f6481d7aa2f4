package io.reststream.core.offset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoInstantsTest {
  private static final List<DateTimeFormatter> TIMES =
      Stream.of("'T'", "' '")
          .flatMap(separator -> Stream.of("", "XXX", "XX", "X").map(zone -> time(separator, zone)))
          .toList();

  private static DateTimeFormatter time(String separator, String zone) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern("uuuu-MM-dd" + separator + "HH:mm[:ss")
        .optionalStart()
        .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
        .optionalEnd()
        .appendPattern("]" + zone)
        .toFormatter()
        .withResolverStyle(ResolverStyle.STRICT);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-02, 2024-01-02T00:00:00Z",
    "2024-01-02T03:04, 2024-01-02T03:04:00Z",
    "2024-01-02T03:04Z, 2024-01-02T03:04:00Z",
    "2024-01-02T03:04:05, 2024-01-02T03:04:05Z",
    "2024-01-02 03:04:05, 2024-01-02T03:04:05Z",
    "2024-01-02t03:04:05z, 2024-01-02T03:04:05Z",
    "2024-01-02T03:04:05.6Z, 2024-01-02T03:04:05.6Z",
    "'2024-01-02T03:04:05,678Z', 2024-01-02T03:04:05.678Z",
    "2024-01-02T03:04:05.123456789Z, 2024-01-02T03:04:05.123456789Z",
    "2024-01-02T03:04:05+02:00, 2024-01-02T01:04:05Z",
    "2024-01-02T03:04:05-0230, 2024-01-02T05:34:05Z",
    "2024-01-02T03:04:05+02, 2024-01-02T01:04:05Z",
    "2024-01-02T03:04+02:00, 2024-01-02T01:04:00Z",
    "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
    "2024-12-31T23:59:60Z, 2025-01-01T00:00:00Z",
    "2024-01-02T24:00:00Z, 2024-01-03T00:00:00Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z",
  })
  void dateWithOrWithoutTimeAndZoneIsAnInstant(String text, String instant) {
    assertThat(IsoInstants.parse(text)).isEqualTo(Instant.parse(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024",
        "2024-01",
        "20240102",
        "2024-1-2",
        "2024-01-02T",
        "2024-01-02T03",
        "2024-01-02T03:4",
        "2024-01-02T0304",
        "2024-01-02X03:04",
        "2024-01-02T03:04:",
        "2024-01-02T03:04:5",
        "2024-01-02T03:04:05.",
        "2024-01-02T03:04:05.Z",
        "2024-01-02T03:04:05.1234567890Z",
        "2024-01-02T03:04:05 Z",
        "2024-01-02T03:04:05ZZ",
        "2024-01-02T03:04:05+2",
        "2024-01-02T03:04:05+02:",
        "2024-01-02T03:04:05+02:0",
        "2024-01-02T03:04:05+020",
        "2024-01-02T03:04:05+02-00",
        "2024-01-02T03:04:05+19:00",
        "2024-01-02T03:04:05+02:60",
        "2024-13-02",
        "2024-00-02",
        "2024-02-30",
        "2023-02-29",
        "2024-01-02T25:00",
        "2024-01-02T03:60",
        "2024-01-02T03:04:61",
        "2024-01-02T24:00:01",
        "2024-01-02T12:00:60Z",
        "+2024-01-02",
        "-024-01-02",
        "2024-01-02T03:04:05Z[UTC]",
        "２０２４-01-02",
        "2024/01/02",
        " 2024-01-02",
        "2024-01-02 "
      })
  void anythingElseIsNone(String text) {
    assertThat(IsoInstants.parse(text)).isNull();
  }

  @Test
  void agreesWithTheJdkOnRandomTexts() {
    Random random = new Random(11);
    int instants = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = text(random);
      if (text.matches(".*[Tt ]24:00.*|.*:59:60.*")) {
        continue; // the JDK reads these with other formatters
      }
      Instant expected = oracle(text);
      assertThat(IsoInstants.parse(text)).as(text).isEqualTo(expected);
      instants += expected == null ? 0 : 1;
    }
    assertThat(instants).isBetween(5_000, 18_000);
  }

  /**
   * An instant in one of many forms, with a character changed, left out or doubled now and then.
   */
  private static String text(Random random) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            random.nextLong(-60_000_000_000L, 250_000_000_000L),
            random.nextInt(1_000_000_000),
            ZoneOffset.UTC);
    String pattern =
        pick(
            random,
            "uuuu-MM-dd",
            "uuuu-MM-dd'T'HH:mm",
            "uuuu-MM-dd'T'HH:mm:ss",
            "uuuu-MM-dd HH:mm:ss",
            "uuuu-MM-dd't'HH:mm:ss.S",
            "uuuu-MM-dd'T'HH:mm:ss.SSS",
            "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS");
    String zone = pick(random, "", "", "Z", "z", "+02:00", "-0330", "+00:00", "-18:00", "+05");
    StringBuilder text =
        new StringBuilder(time.format(DateTimeFormatter.ofPattern(pattern))).append(zone);
    if (random.nextInt(3) == 0) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 ->
            text.setCharAt(at, pick(random, "0", "9", "5", ":", "-", "T", "+", "Z", " ").charAt(0));
        case 1 -> text.deleteCharAt(at);
        default -> text.insert(at, text.charAt(at));
      }
    }
    return text.toString();
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static Instant oracle(String text) {
    try {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeException noDate) {
      return TIMES.stream()
          .map(format -> time(text, format))
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
  }

  private static Instant time(String text, DateTimeFormatter format) {
    try {
      TemporalAccessor time = format.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
      return time instanceof OffsetDateTime zoned
          ? zoned.toInstant()
          : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  @Test
  void zonesAreThoseOfTheJdk() {
    for (int hours = -20; hours <= 20; hours++) {
      for (int minutes : List.of(0, 1, 59, 60)) {
        String text =
            "2024-01-02T03:04:05%s%02d:%02d"
                .formatted(hours < 0 ? "-" : "+", Math.abs(hours), minutes);
        assertThat(IsoInstants.parse(text)).as(text).isEqualTo(oracle(text));
      }
    }
  }
}
