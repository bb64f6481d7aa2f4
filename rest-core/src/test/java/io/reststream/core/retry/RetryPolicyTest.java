package io.reststream.core.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");
  private static final double ALMOST_ONE = Math.nextDown(1.0);

  private final RetryPolicy policy =
      new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(10));

  @ParameterizedTest
  @CsvSource({"1, 999", "2, 1999", "3, 3999", "4, 7999", "5, 9999"})
  void theLongestDelayDoublesUpToItsLimit(int attempt, long millis) {
    assertThat(policy.decide(new Failure.NoAnswer(), attempt, NOW, ALMOST_ONE))
        .isEqualTo(new RetryDecision.Retry(NOW.plusMillis(millis)));
  }

  @Test
  void theDelayIsDrawnFromZeroUp() {
    assertThat(policy.decide(new Failure.Unreadable(), 3, NOW, 0))
        .isEqualTo(new RetryDecision.Retry(NOW));
    assertThat(policy.decide(new Failure.Unreadable(), 3, NOW, 0.5))
        .isEqualTo(new RetryDecision.Retry(NOW.plusMillis(2000)));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  void aPassingStatusIsRetried(int status) {
    assertThat(policy.decide(new Failure.Status(status, null), 1, NOW, 0))
        .isEqualTo(new RetryDecision.Retry(NOW));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 400, 401, 403, 404, 410, 422})
  void anyOtherStatusFailsAtOnce(int status) {
    assertThat(policy.decide(new Failure.Status(status, null), 1, NOW, 0))
        .isEqualTo(new RetryDecision.Fail());
  }

  @Test
  void theServersTimeWinsOverTheBackoffHoweverFar() {
    Instant tomorrow = NOW.plus(Duration.ofHours(20));
    assertThat(policy.decide(new Failure.Status(429, tomorrow), 1, NOW, 0.9))
        .isEqualTo(new RetryDecision.Retry(tomorrow));
  }

  @Test
  void aTimeThatIsOverMeansNow() {
    assertThat(policy.decide(new Failure.Status(503, NOW.minusSeconds(9)), 1, NOW, 0.9))
        .isEqualTo(new RetryDecision.Retry(NOW));
  }

  @Test
  void afterTheLastRetryItFails() {
    assertThat(policy.decide(new Failure.NoAnswer(), 6, NOW, 0))
        .isEqualTo(new RetryDecision.Exhausted(6));
    RetryPolicy never = new RetryPolicy(0, Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThat(never.decide(new Failure.NoAnswer(), 1, NOW, 0))
        .isEqualTo(new RetryDecision.Exhausted(1));
  }

  @Test
  void manyAttemptsDoNotOverflow() {
    RetryPolicy patient = new RetryPolicy(1000, Duration.ofDays(1), Duration.ofDays(365));
    assertThat(patient.decide(new Failure.NoAnswer(), 900, NOW, ALMOST_ONE))
        .isInstanceOfSatisfying(
            RetryDecision.Retry.class,
            retry -> assertThat(retry.at()).isBetween(NOW, NOW.plus(Duration.ofDays(365))));
  }

  @Test
  void theFirstDelayMustNotBeLongerThanTheLast() {
    assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessage("Base delay (PT2S) must be less than or equal to max delay (PT1S)");
  }
}
