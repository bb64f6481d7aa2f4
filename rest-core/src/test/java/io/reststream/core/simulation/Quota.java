package io.reststream.core.simulation;

import io.reststream.core.http.RestResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often a server lets itself be asked in a window of time, and how it says so. */
final class Quota {
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private final Plan plan;
  private final Dice dice;
  private Instant end = Instant.MIN;
  private int left;

  Quota(Plan plan, Dice dice) {
    this.plan = plan;
    this.dice = dice;
  }

  /** Counts a request; gives whether it is one too many. */
  boolean isUsedUp(Instant now) {
    if (plan.requestsAllowed == 0) {
      return false;
    }
    if (!now.isBefore(end)) {
      end = now.plus(WINDOW);
      left = plan.requestsAllowed;
    }
    return left-- <= 0;
  }

  /** What a request is answered with that is one too many. */
  RestResponse refusal(Instant now) {
    return tell(new RestResponse(dice.one(429, 429, 403), Map.of(), new byte[0]), now);
  }

  /** The answer, with what the server says about later requests. */
  RestResponse tell(RestResponse answer, Instant now) {
    Map<String, List<String>> headers = new HashMap<>(answer.headers());
    if (plan.pollInterval > 0) {
      headers.put("X-Poll-Interval", List.of(Integer.toString(plan.pollInterval)));
    }
    if (plan.requestsAllowed > 0) {
      int rest = Math.max(0, left);
      long seconds = Math.max(1, Duration.between(now, end).plusMillis(999).toSeconds());
      switch (plan.quotaForm) {
        case 0 ->
            headers.put("RateLimit", List.of("\"window\";r=%d;t=%d".formatted(rest, seconds)));
        case 1 -> {
          headers.put("X-RateLimit-Remaining", List.of(Integer.toString(rest)));
          headers.put("X-RateLimit-Reset", List.of(Long.toString(end.getEpochSecond() + 1)));
        }
        default -> {
          if (answer.status() / 100 == 4) {
            headers.put("Retry-After", List.of(Long.toString(seconds)));
          }
        }
      }
    }
    return new RestResponse(answer.status(), headers, answer.body());
  }
}
