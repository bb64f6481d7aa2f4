package io.reststream.core.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.http.RestResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerWishTest {
  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");
  private static final Instant IN_30 = NOW.plusSeconds(30);

  /** Headers, each as {@code Name: value}. */
  private static ServerWish wish(String... headers) {
    return named(null, headers);
  }

  private static ServerWish named(String own, String... headers) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String header : headers) {
      String[] parts = header.split(":", 2);
      all.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1].trim());
    }
    return ServerWish.of(new RestResponse(200, all, new byte[0]), own, NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-RateLimit-Remaining: 0          | X-RateLimit-Reset: 30",
        "X-RateLimit-Remaining: 0          | X-RateLimit-Reset: 1714564830",
        "X-RateLimit-Remaining: 0          | X-RateLimit-Reset: 1714564830000",
        "X-RateLimit-Remaining: 0.0        | X-RateLimit-Reset: 2024-05-01T12:00:30.000Z",
        "x-ratelimit-remaining: 0          | x-ratelimit-reset: 30",
        "X-Rate-Limit-Remaining: 0         | X-Rate-Limit-Reset: 1714564830",
        "RateLimit-Remaining: 0            | RateLimit-Reset: 30",
        "RateLimit: limit=100, remaining=0, reset=30 | RateLimit-Policy: 100;w=60",
        "RateLimit: limit=100;w=9, remaining=0, reset=30 | A: b",
        "RateLimit: \"default\";r=0;t=30     | A: b",
        "RateLimit: default; r=0; t=30     | A: b",
        "RateLimit: \"a,b;c\";r=0           | RateLimit-Policy: \"x\";q=9;w=9, \"a,b;c\";q=100;w=30",
        "RateLimit: \"day\";r=5;t=900, \"s\";r=0;t=30 | A: b",
        "RateLimit: \"day\";r=5;t=900      | RateLimit: \"s\";r=0;t=30"
      })
  void limitThatIsUsedUpSaysWhenItAllowsMore(String first, String second) {
    ServerWish wish = wish(first, second);
    assertThat(wish.isLimited()).isTrue();
    assertThat(wish.limitedUntil()).contains(IN_30);
    assertThat(wish.retryAt(403)).isEqualTo(IN_30);
    assertThat(wish.retryAt(429)).isEqualTo(IN_30);
  }

  @Test
  void ofSeveralLimitsThatAreUsedUpTheLastOneCounts() {
    assertThat(wish("RateLimit: \"s\";r=0;t=1, \"m\";r=0;t=30, \"h\";r=1;t=900").limitedUntil())
        .contains(IN_30);
  }

  @Test
  void limitThatAllowsMoreSaysNothing() {
    ServerWish wish = wish("X-RateLimit-Remaining: 57", "X-RateLimit-Reset: 30");
    assertThat(wish.isLimited()).isFalse();
    assertThat(wish.limitedUntil()).isEmpty();
    assertThat(wish.retryAt(429)).isNull();
    assertThat(wish.retryAt(503)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A: b", "X-RateLimit-Remaining: many", "X-RateLimit-Remaining: -1"})
  void limitThatDoesNotSayWhatIsLeftCountsFor429Alone(String remaining) {
    ServerWish wish = wish(remaining, "X-RateLimit-Reset: 30");
    assertThat(wish.isLimited()).isFalse();
    assertThat(wish.limitedUntil()).isEmpty();
    assertThat(wish.retryAt(429)).isEqualTo(IN_30);
    assertThat(wish.retryAt(503)).isNull();
  }

  @Test
  void limitMayBeUsedUpWithoutSayingUntilWhen() {
    ServerWish wish = wish("X-RateLimit-Remaining: 0", "X-RateLimit-Reset: soon");
    assertThat(wish.isLimited()).isTrue();
    assertThat(wish.limitedUntil()).isEmpty();
    assertThat(wish.retryAt(429)).isNull();
  }

  @Test
  void retryAfterWinsOverLimitsAndTheNamedHeaderOverBoth() {
    String[] headers = {
      "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 900", "Retry-After: 60", "X-Again: 30"
    };
    assertThat(wish(headers).retryAt(429)).isEqualTo(NOW.plusSeconds(60));
    assertThat(named("x-again", headers).retryAt(429)).isEqualTo(IN_30);
    assertThat(named("X-Absent", headers).retryAt(429)).isEqualTo(NOW.plusSeconds(60));
    assertThat(named("X-Again", "X-Again: soon", "Retry-After: 60").retryAt(503))
        .isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  void pollIntervalIsReadFromAnyAnswer() {
    assertThat(wish("X-Poll-Interval: 30").nextCycle()).isEqualTo(IN_30);
    assertThat(wish("X-Poll-Interval: often").nextCycle()).isNull();
    assertThat(wish().nextCycle()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RateLimit: ",
        "RateLimit: ;;,=,\"",
        "RateLimit: \"a;r=0;t=30",
        "RateLimit: r=0;t=30",
        "RateLimit: \"a\";r=;t=",
        "RateLimit-Policy: \"a\";w=30"
      })
  void brokenHeadersSayNothing(String header) {
    assertThat(wish(header).isLimited()).isFalse();
    assertThat(wish(header).retryAt(429)).isNull();
  }
}
