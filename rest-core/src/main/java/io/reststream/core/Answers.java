package io.reststream.core;

import io.reststream.core.auth.ComeAgainException;
import io.reststream.core.config.RestOptions;
import io.reststream.core.config.StatusActions;
import io.reststream.core.http.RestResponse;
import io.reststream.core.json.ReportedException;
import io.reststream.core.json.ShapeException;
import io.reststream.core.retry.Failure;
import io.reststream.core.retry.RetryDecision;
import io.reststream.core.retry.ServerWish;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what follows an answer, or that none came: a page, a wait before the request is made again,
 * or an error.
 */
final class Answers {
  private static final Set<Integer> REFUSED_TOKEN = Set.of(400, 404, 410);

  private static final String BEYOND =
      "; if this is its answer for a page beyond the last one, set 'ignoreStatuses' to '%d'";

  private static final int TOO_MANY_REQUESTS = 429;

  private final StatusActions statuses;
  private final @Nullable String retryAfterHeader;
  private final boolean cyclesFollow;
  private final InstantSource clock;
  private final Pages pages;
  private final boolean numbered;
  private final Retries retries;
  private final Pauses pauses;
  private final Refusals refusals = new Refusals();
  private final Redaction redaction;
  private final Counters counters;

  /**
   * @param numbered whether pages are counted, so that no token can be refused
   */
  Answers(
      RestConfig config,
      InstantSource clock,
      Pages pages,
      boolean numbered,
      Retries retries,
      Pauses pauses,
      Redaction redaction,
      Counters counters) {
    this.statuses = config.statuses();
    this.retryAfterHeader = config.find(RestOptions.RETRY_AFTER_HEADER).orElse(null);
    this.cyclesFollow = config.mode() != ReadMode.BATCH;
    this.clock = clock;
    this.pages = pages;
    this.numbered = numbered;
    this.retries = retries;
    this.pauses = pauses;
    this.redaction = redaction;
    this.counters = counters;
  }

  /** An input is not asked again. */
  void forget(Strand input) {
    retries.succeeded(input);
    refusals.forget(input);
  }

  /**
   * What follows an answer.
   *
   * @throws RestException if the request is not made again
   */
  Polled judge(Asked asked, RestResponse response) {
    Instant now = clock.instant();
    ServerWish wish = ServerWish.of(response, retryAfterHeader, now);
    note(asked, wish);
    try {
      if (response.status() == ConditionalRequests.NOT_MODIFIED && asked.validator() != null) {
        return accepted(asked, pages.unchanged(asked, asked.validator(), response));
      }
      if (response.status() / 100 != 2) {
        return refused(asked, response, wish, now);
      }
      return accepted(asked, pages.of(asked, response));
    } catch (ReportedException e) {
      counters.failed();
      return reported(asked, response, e, wish, now);
    } catch (ShapeException e) {
      counters.failed();
      return unreadable(asked, e, now);
    }
  }

  /** What an answer says about later requests, whatever its status. */
  private void note(Asked asked, ServerWish wish) {
    wish.limitedUntil().ifPresent(until -> pauses.askedFor(until, "the API's limit is used up"));
    if (cyclesFollow && wish.nextCycle() != null) {
      pauses.nextCycle(asked.input(), wish.nextCycle());
    }
  }

  private Page accepted(Asked asked, Page page) {
    retries.succeeded(asked.strand());
    refusals.accepted(asked.strand(), page);
    counters.accepted(asked.input(), page);
    return page.warnings().isEmpty()
        ? page
        : new Page(
            page.records(),
            page.next(),
            page.info(),
            redaction.of(asked.request(), page.warnings()));
  }

  /** An answer that is not a success. */
  private Polled refused(Asked asked, RestResponse response, ServerWish wish, Instant now) {
    int status = response.status();
    RetryDecision decision = retries.decide(asked, new Failure.Status(status, wish), now);
    Retries.Problem problem =
        message ->
            new RequestException(
                message.apply(
                    "%s was answered with status %d: %s%s"
                        .formatted(
                            asked.request(),
                            status,
                            Problems.beginning(response.body()),
                            isBeyondPages(asked, status) ? BEYOND.formatted(status) : "")));
    try {
      boolean token = isRefusedToken(asked, status, decision);
      if (decision instanceof RetryDecision.Ignore && !token) {
        return accepted(asked, pages.without(asked, response));
      }
      counters.failed();
      if (token) {
        return begunAgain(asked, response);
      }
      if (decision instanceof RetryDecision.Reset && asked.position().offset() != null) {
        retries.succeeded(asked.strand());
        return pages.reset(asked, response);
      }
    } catch (ShapeException e) {
      return unreadable(asked, e, now);
    }
    Wait wait = retries.failed(asked, decision, problem, "status " + status, now);
    if (status == TOO_MANY_REQUESTS || wish.retryAfter() != null) {
      pauses.askedFor(wait.until(), "the API asked for a pause: status " + status);
    }
    return wait;
  }

  /**
   * Whether the page token is what was refused. Ending a cycle in its middle, as if there were no
   * more pages, would lose the rest.
   */
  private boolean isRefusedToken(Asked asked, int status, RetryDecision decision) {
    Cycle cycle = asked.position().cycle();
    if (cycle == null || cycle.token() == null || numbered) {
      return false;
    }
    return decision instanceof RetryDecision.Ignore
        || decision instanceof RetryDecision.Reset
        || (REFUSED_TOKEN.contains(status) && !statuses.isNamed(status));
  }

  /** Whether this may be how an API answers for a page beyond its last one. */
  private boolean isBeyondPages(Asked asked, int status) {
    Cycle cycle = asked.position().cycle();
    return numbered && cycle != null && cycle.token() != null && REFUSED_TOKEN.contains(status);
  }

  /** A page token was refused: the cycle begins again. */
  private Page begunAgain(Asked asked, RestResponse response) throws ShapeException {
    retries.succeeded(asked.strand()); // what was asked before is not asked again
    if (!pages.mayBeginAgain()) {
      throw refusedToken(
          asked, response, "and a read without 'offsetField' cannot begin its cycle again");
    }
    if (refusals.isOneTooMany(asked.strand())) {
      String hint =
          pages.isReadInNoDeclaredOrder(asked.position())
              ? "; if the records ascend, set 'order' to 'ascending', and cycles go on where they came to"
              : "";
      throw refusedToken(
          asked,
          response,
          "%d times without a new record between%s".formatted(Refusals.MOST + 1, hint));
    }
    return pages.again(asked, response);
  }

  private static RequestException refusedToken(Asked asked, RestResponse response, String what) {
    return new RequestException(
        "%s was answered with status %d: the page token was refused %s: %s"
            .formatted(
                asked.request(), response.status(), what, Problems.beginning(response.body())));
  }

  private Wait reported(
      Asked asked, RestResponse response, ReportedException e, ServerWish wish, Instant now) {
    String what =
        "The answer of %s %s: %s"
            .formatted(asked.request(), e.getMessage(), Problems.beginning(response.body()));
    return retries.failed(
        asked,
        retries.decide(asked, new Failure.Reported(wish), now),
        message -> new ResponseException(message.apply(what), e),
        "the answer is an error by '%s'".formatted(e.condition()),
        now);
  }

  private Wait unreadable(Asked asked, ShapeException e, Instant now) {
    String what = "The answer of %s %s.".formatted(asked.request(), e.getMessage());
    if (!e.isPassing()) {
      throw new ResponseException(what, e);
    }
    return retries.failed(
        asked,
        retries.decide(asked, new Failure.Unreadable(), now),
        message -> new ResponseException(message.apply(what), e),
        "the answer cannot be read",
        now);
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
    ComeAgainException later = cause instanceof ComeAgainException told ? told : null;
    String reason = redaction.of(asked.request(), Problems.reason(cause));
    Instant now = clock.instant();
    return retries.failed(
        asked,
        later == null
            ? retries.decide(asked, new Failure.NoAnswer(null), now)
            : retries.decide(asked, new Failure.NoAnswer(later.at()), later.said()),
        message ->
            new RequestException(
                message.apply("%s failed: %s".formatted(asked.request(), reason)), cause),
        reason,
        now);
  }
}
