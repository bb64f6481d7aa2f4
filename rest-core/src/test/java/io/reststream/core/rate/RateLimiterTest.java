package io.reststream.core.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
  private static final Duration NOW = Duration.ZERO;

  private final ManualClock clock = new ManualClock();

  @Test
  void turnsAreEvenlySpaced() {
    RateLimiter limiter = new RateLimiter(4);
    assertThat(limiter.reserve(clock.instant())).isEqualTo(NOW);
    assertThat(limiter.reserve(clock.instant())).isEqualTo(Duration.ofMillis(250));
    assertThat(limiter.reserve(clock.instant())).isEqualTo(Duration.ofMillis(500));
    clock.advance(Duration.ofMillis(600));
    assertThat(limiter.reserve(clock.instant())).isEqualTo(Duration.ofMillis(150));
  }

  @Test
  void whatWasNotUsedIsNotSavedUp() {
    RateLimiter limiter = new RateLimiter(0.5);
    assertThat(limiter.reserve(clock.instant())).isEqualTo(NOW);
    clock.advance(Duration.ofHours(1));
    assertThat(limiter.reserve(clock.instant())).isEqualTo(NOW);
    assertThat(limiter.reserve(clock.instant())).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void clockThatWentBackWaitsAsLongAsItWent() {
    RateLimiter limiter = new RateLimiter(1);
    assertThat(limiter.reserve(clock.instant())).isEqualTo(NOW);
    assertThat(limiter.reserve(clock.instant().minusSeconds(3))).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void partsShareTheRate() {
    RateLimiter limiter = new RateLimiter(10);
    limiter.share(4);
    assertThat(limiter.interval()).isEqualTo(Duration.ofMillis(400));
    limiter.share(1);
    assertThat(limiter.interval()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void extremeRatesDoNotOverflow() {
    RateLimiter slow = new RateLimiter(0.00001);
    slow.share(10_000);
    assertThat(slow.reserve(Instant.EPOCH)).isEqualTo(NOW);
    assertThat(slow.reserve(Instant.EPOCH))
        .isBetween(Duration.ofSeconds(999_999_999), Duration.ofSeconds(1_000_000_001));
    assertThat(new RateLimiter(1_000_000).interval()).isEqualTo(Duration.ofNanos(1_000));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void rateThatLetsNothingThroughIsRefused(double rate) {
    assertThatThrownBy(() -> new RateLimiter(rate))
        .hasMessage("Requests per second (%s) must be more than 0", rate);
  }
}
