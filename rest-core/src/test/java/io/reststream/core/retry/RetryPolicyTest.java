package io.reststream.core.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.Options;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");
  private static final double ALMOST_ONE = Math.nextDown(1.0);

  private static final ServerWish SILENT = new ServerWish(null, List.of(), null);

  private final RetryPolicy policy = policy(5);

  private static RetryPolicy policy(int maxRetries, String... options) {
    return new RetryPolicy(
        maxRetries, Duration.ofSeconds(1), Duration.ofSeconds(10), Options.statuses(options));
  }

  private static Failure.Status told(int status, Instant at) {
    return new Failure.Status(status, new ServerWish(at, List.of(), null));
  }

  @ParameterizedTest
  @CsvSource({"1, 999", "2, 1999", "3, 3999", "4, 7999", "5, 9999"})
  void theLongestDelayDoublesUpToItsLimit(int attempt, long millis) {
    assertThat(policy.decide(new Failure.NoAnswer(null), attempt, NOW, ALMOST_ONE))
        .isEqualTo(new RetryDecision.Retry(NOW.plusMillis(millis), false));
  }

  @Test
  void theDelayIsDrawnFromZeroUp() {
    assertThat(policy.decide(new Failure.Unreadable(), 3, NOW, 0))
        .isEqualTo(new RetryDecision.Retry(NOW, false));
    assertThat(policy.decide(new Failure.Reported(SILENT), 3, NOW, 0.5))
        .isEqualTo(new RetryDecision.Retry(NOW.plusMillis(2000), false));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  void aPassingStatusIsRetried(int status) {
    assertThat(policy.decide(new Failure.Status(status, SILENT), 1, NOW, 0))
        .isEqualTo(new RetryDecision.Retry(NOW, false));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 304, 400, 401, 403, 404, 410, 422, 600, 1000})
  void anyOtherStatusFailsAtOnce(int status) {
    assertThat(policy.decide(new Failure.Status(status, SILENT), 1, NOW, 0))
        .isEqualTo(new RetryDecision.Fail());
  }

  @Test
  void everyActionHasItsDecision() {
    RetryPolicy chosen =
        policy(5, "statusActions", "400:retry,410:reset,404:ignore,498:refresh,503:fail");
    assertThat(List.of(400, 410, 404, 498, 503, 502))
        .map(status -> chosen.decide(new Failure.Status(status, SILENT), 1, NOW, 0))
        .containsExactly(
            new RetryDecision.Retry(NOW, false),
            new RetryDecision.Reset(),
            new RetryDecision.Ignore(),
            new RetryDecision.Fail(),
            new RetryDecision.Fail(),
            new RetryDecision.Retry(NOW, false));
  }

  @Test
  void a403IsRetriedWhereItTellsALimit() {
    Limit usedUp = new Limit(Limit.Left.NONE, NOW.plusSeconds(900));
    Limit silent = new Limit(Limit.Left.NONE, null);
    Limit open = new Limit(Limit.Left.SOME, NOW.plusSeconds(900));
    RetryDecision later = new RetryDecision.Retry(NOW.plusSeconds(900), true);
    assertThat(policy.decide(limited(403, usedUp), 1, NOW, 0)).isEqualTo(later);
    assertThat(policy.decide(limited(403, silent), 1, NOW, 0))
        .isEqualTo(new RetryDecision.Retry(NOW, false));
    assertThat(policy.decide(told(403, NOW.plusSeconds(900)), 1, NOW, 0)).isEqualTo(later);
    assertThat(policy.decide(limited(403, open), 1, NOW, 0)).isEqualTo(new RetryDecision.Fail());
    assertThat(policy.decide(limited(404, usedUp), 1, NOW, 0)).isEqualTo(new RetryDecision.Fail());
    assertThat(policy(5, "statusActions", "403:fail").decide(limited(403, usedUp), 1, NOW, 0))
        .isEqualTo(new RetryDecision.Fail());
  }

  private static Failure.Status limited(int status, Limit limit) {
    return new Failure.Status(status, new ServerWish(null, List.of(limit), null));
  }

  @Test
  void theServersTimeWinsOverTheBackoffHoweverFar() {
    Instant tomorrow = NOW.plus(Duration.ofHours(20));
    assertThat(policy.decide(told(429, tomorrow), 1, NOW, 0.9))
        .isEqualTo(new RetryDecision.Retry(tomorrow, true));
    assertThat(
            policy.decide(
                new Failure.Reported(new ServerWish(tomorrow, List.of(), null)), 1, NOW, 0.9))
        .isEqualTo(new RetryDecision.Retry(tomorrow, true));
  }

  @Test
  void anAttemptThatTheServerNamedTheTimeForDoesNotCount() {
    Instant soon = NOW.plusSeconds(1);
    assertThat(policy.decide(told(429, soon), 6, NOW, 0.9))
        .isEqualTo(new RetryDecision.Retry(soon, true));
  }

  @Test
  void aTimeOfLessThanASecondCounts() {
    Instant atOnce = NOW.plusMillis(999);
    assertThat(policy.decide(told(429, atOnce), 5, NOW, 0.9))
        .isEqualTo(new RetryDecision.Retry(atOnce, false));
    assertThat(policy.decide(told(429, atOnce), 6, NOW, 0.9))
        .isEqualTo(new RetryDecision.Exhausted());
  }

  @Test
  void afterTheLastRetryItFails() {
    assertThat(policy.decide(new Failure.NoAnswer(null), 6, NOW, 0))
        .isEqualTo(new RetryDecision.Exhausted());
    assertThat(policy(0).decide(new Failure.NoAnswer(null), 1, NOW, 0))
        .isEqualTo(new RetryDecision.Exhausted());
    assertThat(policy(0).decide(told(429, NOW.plusSeconds(60)), 1, NOW, 0))
        .isEqualTo(new RetryDecision.Exhausted());
  }

  @Test
  void manyAttemptsDoNotOverflow() {
    RetryPolicy patient =
        new RetryPolicy(
            Integer.MAX_VALUE, Duration.ofDays(1), Duration.ofDays(365), Options.statuses());
    for (int attempt : new int[] {900, Integer.MAX_VALUE}) {
      assertThat(patient.decide(new Failure.NoAnswer(null), attempt, NOW, ALMOST_ONE))
          .isInstanceOfSatisfying(
              RetryDecision.Retry.class,
              retry -> assertThat(retry.at()).isBetween(NOW, NOW.plus(Duration.ofDays(365))));
    }
  }

  @Test
  void theFirstDelayMustNotBeLongerThanTheLast() {
    assertThatThrownBy(
            () ->
                new RetryPolicy(
                    1, Duration.ofSeconds(2), Duration.ofSeconds(1), Options.statuses()))
        .hasMessage("Base delay (PT2S) must be less than or equal to max delay (PT1S)");
  }
}
