package io.reststream.core.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCircleTest {

  /** How many tokens pass before the circle is noticed. */
  private static int noticedAfter(int tail, int circle, int most) {
    TokenCircle seen = TokenCircle.NONE;
    for (int i = 0; i < most; i++) {
      String token = "t" + (i < tail ? i : tail + (i - tail) % circle);
      if (seen.closes(token)) {
        return i;
      }
      seen = seen.with(token);
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 2", "0, 3", "1, 2", "5, 7", "100, 1", "100, 64", "1000, 999"})
  void circleIsNoticedSoon(int tail, int circle) {
    assertThat(noticedAfter(tail, circle, 100_000))
        .isGreaterThanOrEqualTo(tail + circle)
        .isLessThanOrEqualTo(3 * Math.max(tail, circle) + circle + 1);
  }

  @Test
  void differentTokensNeverCloseACircle() {
    assertThat(noticedAfter(10_000, 1, 10_000)).isEqualTo(10_000);
  }

  @Test
  void tokenIsNotHeldInClear() {
    assertThat(TokenCircle.NONE.with("hidden").toString()).doesNotContain("hidden");
  }
}
