package io.reststream.core.offset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatTest {

  private static TimeFormat format(String text) {
    return Objects.requireNonNull(TimeFormat.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "iso, 2024-01-05T10:20:30Z, 2024-01-05T10:20:30Z",
    "epochSeconds, 1704450030, 2024-01-05T10:20:30Z",
    "epoch_seconds, 1704450030.25, 2024-01-05T10:20:30.250Z",
    "epochSeconds, -1.5, 1969-12-31T23:59:58.500Z",
    "epochSeconds, 0, 1970-01-01T00:00:00Z",
    "EPOCHMILLIS, 1704450030250, 2024-01-05T10:20:30.250Z",
    "rfc1123, 'Fri, 05 Jan 2024 10:20:30 GMT', 2024-01-05T10:20:30Z",
    "yyyy-MM-dd HH:mm, 2024-01-05 10:20, 2024-01-05T10:20:00Z",
    "dd/MM/yyyy, 05/01/2024, 2024-01-05T00:00:00Z",
    "yyyyMMddHHmmssSSS, 20240105102030250, 2024-01-05T10:20:30.250Z",
    "MMM d yyyy hh:mm a, Jan 5 2024 10:20 AM, 2024-01-05T10:20:00Z",
  })
  void whatIsReadIsWrittenTheSame(String name, String text, String instant) {
    assertThat(format(name).read(text)).isEqualTo(Instant.parse(instant));
    assertThat(format(name).write(Instant.parse(instant))).isEqualTo(text);
  }

  @Test
  void aZoneInThePatternCountsAndNoneIsUtc() {
    assertThat(format("yyyy-MM-dd HH:mm xxx").read("2024-01-05 10:20 +02:00"))
        .isEqualTo(Instant.parse("2024-01-05T08:20:00Z"));
    assertThat(format("yyyy-MM-dd HH:mm z").read("2024-07-05 10:20 Europe/Berlin"))
        .isEqualTo(Instant.parse("2024-07-05T08:20:00Z"));
    assertThat(format("yyyy-MM-dd HH:mm").read("2024-07-05 10:20"))
        .isEqualTo(Instant.parse("2024-07-05T10:20:00Z"));
  }

  @Test
  void whatTheFormLeavesOutIsRoundedDown() {
    Instant time = Instant.parse("2024-01-05T10:20:59.999Z");
    assertThat(format("yyyy-MM-dd HH:mm").write(time)).isEqualTo("2024-01-05 10:20");
    assertThat(format("epochSeconds").whole().write(time)).isEqualTo("1704450059");
    assertThat(format("epochSeconds").whole().write(Instant.ofEpochMilli(-1))).isEqualTo("-1");
    assertThat(format("rfc1123").write(time)).isEqualTo("Fri, 05 Jan 2024 10:20:59 GMT");
    assertThat(format("rfc1123").read("Fri, 5 Jan 2024 10:20:59 GMT"))
        .isEqualTo(time.truncatedTo(ChronoUnit.SECONDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"isoo", "unix", "epoch", "HH:mm", "yyyy-MM", "yyyy-MM-dd hh:mm", "", "'"})
  void whatIsNoTimeIsNoForm(String text) {
    assertThat(TimeFormat.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "iso, 05/01/2024",
    "epochSeconds, 2024-01-05",
    "epochSeconds, 1e30",
    "epochSeconds, 1e999999999",
    "epochMillis, ''",
    "rfc1123, 2024-01-05",
    "dd/MM/yyyy, 31/02/24",
  })
  void whatIsNotInTheFormIsNotRead(String name, String text) {
    assertThat(format(name).read(text)).isNull();
  }
}
