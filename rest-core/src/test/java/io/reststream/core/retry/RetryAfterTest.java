package io.reststream.core.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1000", " 30 , 30000", "2.0, 2000", "0.25, 250", "1.0001, 1001"})
  void readsSecondsAndDecimals(String header, long millis) {
    assertThat(RetryAfter.parse(header, NOW)).isEqualTo(NOW.plusMillis(millis));
  }

  @Test
  void readsAnHttpDate() {
    assertThat(RetryAfter.parse("Wed, 01 May 2024 13:30:00 GMT", NOW))
        .isEqualTo(Instant.parse("2024-05-01T13:30:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1e3", "99999999999", "2024-05-01"})
  void anythingElseSaysNothing(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isNull();
  }
}
