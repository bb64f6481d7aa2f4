package io.reststream.core.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final ManualClock clock = new ManualClock();
  private final Turns<String> turns = new Turns<>(new RateLimiter(2));

  private Duration wait(String who) {
    return Duration.between(clock.instant(), turns.next(who, clock.instant()));
  }

  @Test
  void everyoneKeepsTheirTurn() {
    assertThat(wait("a")).isZero();
    assertThat(wait("b")).isEqualTo(Duration.ofMillis(500));
    assertThat(wait("c")).isEqualTo(Duration.ofMillis(1000));
    assertThat(wait("b")).isEqualTo(Duration.ofMillis(500));
    clock.advance(Duration.ofMillis(1000));
    assertThat(wait("c")).isZero();
    assertThat(wait("b")).as("late, but not too late").isZero();
    assertThat(wait("b")).as("the next turn").isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void thoseWhoWereHeldUpDoNotComeAllAtOnce() {
    for (String who : List.of("a", "b", "c", "d", "e", "f")) {
      turns.next(who, clock.instant());
    }
    clock.advance(Duration.ofMinutes(1));
    assertThat(List.of("b", "c", "d", "e", "f"))
        .map(this::wait)
        .containsExactly(
            Duration.ZERO,
            Duration.ofMillis(500),
            Duration.ofMillis(1000),
            Duration.ofMillis(1500),
            Duration.ofMillis(2000));
  }

  @Test
  void atASlowRateATurnIsKeptForAsLongAsOneLasts() {
    Turns<String> slow = new Turns<>(new RateLimiter(0.1));
    assertThat(slow.next("a", clock.instant())).isEqualTo(clock.instant());
    assertThat(slow.next("b", clock.instant())).isEqualTo(clock.instant().plusSeconds(10));
    clock.advance(Duration.ofSeconds(20));
    assertThat(slow.next("b", clock.instant())).isEqualTo(clock.instant());
  }

  /** Many who come when they are told, some of them late: the rate holds, and nobody starves. */
  @Test
  void rateHoldsOverManyWhoComeBack() {
    Map<String, Instant> due = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      due.put("who" + i, clock.instant());
    }
    Map<String, Integer> counts = new HashMap<>();
    List<Instant> requests = new ArrayList<>();
    Instant end = clock.instant().plusSeconds(100);
    while (clock.instant().isBefore(end)) {
      due.replaceAll(
          (who, until) -> {
            if (until.isAfter(clock.instant())) {
              return until;
            }
            Instant turn = turns.next(who, clock.instant());
            if (turn.equals(clock.instant())) {
              counts.merge(who, 1, Integer::sum);
              requests.add(turn);
            }
            return turn;
          });
      clock.advance(Duration.ofMillis(130));
    }
    assertThat(requests).hasSizeBetween(190, 201);
    assertThat(counts.values()).hasSize(50).allMatch(count -> count == 4 || count == 3);
    for (int i = 4; i < requests.size(); i++) {
      assertThat(Duration.between(requests.get(i - 4), requests.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofMillis(1_740));
    }
  }
}
