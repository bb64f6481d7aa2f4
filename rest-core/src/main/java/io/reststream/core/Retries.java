package io.reststream.core;

import io.reststream.core.retry.Failure;
import io.reststream.core.retry.RetryDecision;
import io.reststream.core.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which inputs wait for a retry. In memory only: after a restart the count begins again. */
final class Retries {

  /**
   * An input whose request failed.
   *
   * @param attempts how often the request was made
   * @param counted how many of them count
   * @param since when it was made first
   * @param next the wait before the next attempt
   * @param id of the request, the same for each attempt
   */
  private record Waiting(int attempts, int counted, Instant since, Wait next, UUID id) {}

  /** Makes the error that is thrown if there is no further attempt. */
  @FunctionalInterface
  interface Problem {

    /**
     * The error.
     *
     * @param message puts before a message how often the request was made
     */
    RestException of(UnaryOperator<String> message);
  }

  private final RetryPolicy policy;
  private final DoubleSupplier random;
  private final Map<Strand, Waiting> waiting = new ConcurrentHashMap<>();

  Retries(RetryPolicy policy, DoubleSupplier random) {
    this.policy = policy;
    this.random = random;
  }

  /** The wait before the next attempt; null if the input may be asked now. */
  @Nullable Wait due(Strand input, Instant now) {
    Waiting entry = waiting.get(input);
    return entry != null && now.isBefore(entry.next().until()) ? entry.next() : null;
  }

  /** The id of the request that is made again; null if the next one is new. */
  @Nullable UUID id(Strand input) {
    Waiting entry = waiting.get(input);
    return entry == null ? null : entry.id();
  }

  void succeeded(Strand input) {
    waiting.remove(input);
  }

  /** What follows a failure, by the policy. */
  RetryDecision decide(Asked asked, Failure failure, Instant now) {
    Waiting before = waiting.get(asked.strand());
    int attempt = before == null ? 1 : before.counted() + 1;
    return policy.decide(failure, attempt, now, random.getAsDouble());
  }

  /**
   * Takes note of a failure and of what follows it.
   *
   * @param problem what to throw if there is no further attempt
   * @param reason why there is one, for people
   * @return the wait before the next attempt
   */
  Wait failed(Asked asked, RetryDecision decision, Problem problem, String reason, Instant now) {
    Waiting before = waiting.remove(asked.strand());
    int attempts = before == null ? 1 : before.attempts() + 1;
    int counted = before == null ? 0 : before.counted();
    Instant since = before == null ? asked.at() : before.since();
    if (decision instanceof RetryDecision.Retry retry) {
      counted += retry.free() ? 0 : 1;
      String why =
          retry.free()
              ? "the API says when to come again: " + reason
              : "retry %d of %d: %s".formatted(counted, policy.maxRetries(), reason);
      Wait wait = new Wait(retry.at(), why);
      waiting.put(asked.strand(), new Waiting(attempts, counted, since, wait, asked.id()));
      return wait;
    }
    String prefix =
        attempts == 1
            ? ""
            : "After %d attempts in %s: "
                .formatted(attempts, Problems.inWords(Duration.between(since, now)));
    throw problem.of(message -> prefix + message);
  }
}
