package io.reststream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualClockTest {

  private final ManualClock clock = new ManualClock();

  @Test
  void standsStillUntilMoved() {
    assertThat(clock.instant()).isEqualTo(ManualClock.EPOCH).isEqualTo(clock.instant());
    assertThat(clock.advance(Duration.ofHours(1))).isEqualTo("2024-01-01T01:00:00Z");
    assertThat(clock.instant()).isEqualTo("2024-01-01T01:00:00Z");
  }

  @Test
  void goesBackOnlyWhenSet() {
    clock.set(Instant.EPOCH);
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .hasMessage("A clock advances by zero or more, but was told PT-1S");
  }
}
