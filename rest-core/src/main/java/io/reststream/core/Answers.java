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
  private static final Set<Integer> REFUSED_TOKEN = Set.of(400, 404, 410);

  private final InstantSource clock;
  private final Pages pages;
  private final Retries retries;
  private final Refusals refusals = new Refusals();
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
        counters.failed();
        return isRefusedToken(asked, response.status())
            ? begunAgain(asked, response)
            : refused(asked, response);
      }
      Page page = pages.of(asked, response);
      retries.succeeded(asked.input());
      refusals.accepted(asked.input(), page);
      counters.accepted(page);
      return page;
    } catch (ShapeException e) {
      return unreadable(asked, response, e);
    }
  }

  private static boolean isRefusedToken(Asked asked, int status) {
    Cycle cycle = asked.position().cycle();
    return cycle != null && cycle.token() != null && REFUSED_TOKEN.contains(status);
  }

  /** A page token was refused: the cycle begins again. */
  private Page begunAgain(Asked asked, RestResponse response) throws ShapeException {
    retries.succeeded(asked.input()); // what was asked before is not asked again
    if (refusals.isOneTooMany(asked.input())) {
      throw new RequestException(
          "%s was answered with status %d: the page token was refused %d times without a new record between: %s"
              .formatted(
                  asked.request(),
                  response.status(),
                  Refusals.MOST + 1,
                  Problems.beginning(response.body())));
    }
    return pages.again(asked, response);
  }

  private Wait refused(Asked asked, RestResponse response) {
    Instant now = clock.instant();
    int status = response.status();
    return retries.failed(
        asked,
        new Failure.Status(
            status, response.header("Retry-After").map(h -> RetryAfter.parse(h, now)).orElse(null)),
        message ->
            new RequestException(
                message.apply(
                    "%s was answered with status %d: %s"
                        .formatted(asked.request(), status, Problems.beginning(response.body())))),
        "status " + status,
        now);
  }

  private Wait unreadable(Asked asked, RestResponse response, ShapeException e) {
    if (response.status() / 100 == 2) {
      counters.failed();
    }
    String what = "The answer of %s %s.".formatted(asked.request(), e.getMessage());
    if (!e.isPassing()) {
      throw new ResponseException(what, e);
    }
    return retries.failed(
        asked,
        new Failure.Unreadable(),
        message -> new ResponseException(message.apply(what), e),
        "the answer cannot be read",
        clock.instant());
  }

  /**
   * What follows a request that had no whole answer.
   *
   * @throws RestException if the request is not made again
   */
  Wait unanswered(Asked asked, Throwable failure) {
    counters.failed();
    Throwable cause = Problems.cause(failure);
    if (cause instanceof RestException lasting) {
      throw lasting;
    }
    String reason = Problems.reason(cause);
    return retries.failed(
        asked,
        new Failure.NoAnswer(),
        message ->
            new RequestException(
                message.apply("%s failed: %s".formatted(asked.request(), reason)), cause),
        reason,
        clock.instant());
  }
}
