package io.reststream.core;

import io.reststream.core.http.RestResponse;
import io.reststream.core.json.ShapeException;
import io.reststream.core.retry.Failure;
import io.reststream.core.retry.RetryAfter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * Says what follows an answer, or that none came: a page, a wait before the request is made again,
 * or an error.
 */
final class Answers {
  private static final int MOST_RESTARTS = 3;
  private static final Set<Integer> REFUSED_TOKEN = Set.of(400, 404, 410);

  private final InstantSource clock;
  private final Pages pages;
  private final Retries retries;
  private final Counters counters;

  Answers(InstantSource clock, Pages pages, Retries retries, Counters counters) {
    this.clock = clock;
    this.pages = pages;
    this.retries = retries;
    this.counters = counters;
  }

  /**
   * What follows an answer.
   *
   * @throws RestException if the request is not made again
   */
  Polled judge(Asked asked, RestResponse response) {
    try {
      if (response.status() / 100 != 2) {
        return refused(asked, response);
      }
      Page page = pages.of(asked, response);
      retries.succeeded(asked.input());
      counters.accepted(page);
      return page;
    } catch (ShapeException e) {
      counters.failed();
      ResponseException problem =
          new ResponseException(
              "The answer of %s %s.".formatted(asked.request(), e.getMessage()), e);
      if (!e.isPassing()) {
        throw problem;
      }
      return retries.failed(
          asked.input(),
          new Failure.Unreadable(),
          problem,
          "the answer cannot be read",
          clock.instant());
    }
  }

  /** An answer that is not a success: a refused page token begins the cycle again. */
  private Polled refused(Asked asked, RestResponse response) throws ShapeException {
    counters.failed();
    int status = response.status();
    Cycle cycle = asked.position().cycle();
    if (cycle == null || cycle.token() == null || !REFUSED_TOKEN.contains(status)) {
      Instant now = clock.instant();
      return retries.failed(
          asked.input(),
          new Failure.Status(
              status,
              response.header("Retry-After").map(h -> RetryAfter.parse(h, now)).orElse(null)),
          new RequestException(
              "%s was answered with status %d: %s"
                  .formatted(asked.request(), status, Problems.beginning(response.body()))),
          "status " + status,
          now);
    }
    if (cycle.restarts() == MOST_RESTARTS) {
      throw new RequestException(
          "%s was answered with status %d: the page token was refused %d times without a new record between: %s"
              .formatted(
                  asked.request(), status, MOST_RESTARTS + 1, Problems.beginning(response.body())));
    }
    return pages.again(asked, cycle, response);
  }

  /**
   * What follows a request that had no whole answer.
   *
   * @throws RestException if the request is not made again
   */
  Polled unanswered(Asked asked, Throwable failure) {
    counters.failed();
    Throwable cause = Problems.cause(failure);
    String reason = Problems.reason(cause);
    return retries.failed(
        asked.input(),
        new Failure.NoAnswer(),
        new RequestException("%s failed: %s".formatted(asked.request(), reason), cause),
        reason,
        clock.instant());
  }
}
