package io.reststream.core.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTimeTest {
  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "1, 1000",
    " 30 , 30000",
    "2.0, 2000",
    "0.25, 250",
    "1.0001, 1001",
    "0.000000001, 1",
    "86400, 86400000",
    "31622400, 31622400000"
  })
  void readsSecondsAndDecimals(String header, long millis) {
    assertThat(ServerTime.parse(header, NOW)).isEqualTo(NOW.plusMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Wed, 01 May 2024 13:30:00 GMT",
        "Wednesday, 01-May-24 13:30:00 GMT",
        "Wed May  1 13:30:00 2024",
        "2024-05-01T13:30:00Z",
        "2024-05-01T15:30:00.000+02:00",
        "1714570200",
        "1714570200.0",
        "1714570200000"
      })
  void readsATime(String header) {
    assertThat(ServerTime.parse(header, NOW)).isEqualTo(Instant.parse("2024-05-01T13:30:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "0.0",
        "1714564799",
        "1714564800000",
        "Wed, 01 May 2024 12:00:00 GMT",
        "Wed, 01 May 2014 13:30:00 GMT",
        "2024-05-01T11:59:59Z"
      })
  void timeThatIsOverSaysNothing(String header) {
    assertThat(ServerTime.parse(header, NOW)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "31622401",
        "1000000000000",
        "999999999999999",
        "99999999999999999999999999",
        "Wed, 01 May 3024 13:30:00 GMT",
        "+999999999-12-31T23:59:59Z"
      })
  void timeThatIsTooFarAwaySaysNothing(String header) {
    assertThat(ServerTime.parse(header, NOW)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "-1", "1e3", "2024-05-01", "2024-05-01T13:30:00", "1,5", "٣", "NaN"})
  void anythingElseSaysNothing(String header) {
    assertThat(ServerTime.parse(header, NOW)).isNull();
  }

  @Test
  void clockAtTheEndOfTimeDoesNotOverflow() {
    assertThat(ServerTime.parse("5", Instant.EPOCH)).isEqualTo(Instant.ofEpochSecond(5));
    assertThat(ServerTime.parse("31622400", Instant.MAX.minusSeconds(31_622_400)))
        .isEqualTo(Instant.MAX);
  }
}
