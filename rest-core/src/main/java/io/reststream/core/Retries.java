package io.reststream.core;

import io.reststream.core.retry.Failure;
import io.reststream.core.retry.RetryDecision;
import io.reststream.core.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
   * @param since when it was made first
   * @param next the wait before the next attempt
   */
  private record Waiting(int attempts, Instant since, Wait next) {}

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
  private final Map<Input, Waiting> waiting = new ConcurrentHashMap<>();

  Retries(RetryPolicy policy, DoubleSupplier random) {
    this.policy = policy;
    this.random = random;
  }

  /** The wait before the next attempt; null if the input may be asked now. */
  @Nullable Wait due(Input input, Instant now) {
    Waiting entry = waiting.get(input);
    return entry != null && now.isBefore(entry.next().until()) ? entry.next() : null;
  }

  void succeeded(Input input) {
    waiting.remove(input);
  }

  /**
   * Takes note of a failure.
   *
   * @param problem what to throw if there is no further attempt
   * @param reason why there is one, for people
   * @return the wait before the next attempt
   */
  Wait failed(Asked asked, Failure failure, Problem problem, String reason, Instant now) {
    Waiting before = waiting.get(asked.input());
    int attempt = before == null ? 1 : before.attempts() + 1;
    Instant since = before == null ? asked.at() : before.since();
    RetryDecision decision = policy.decide(failure, attempt, now, random.getAsDouble());
    if (decision instanceof RetryDecision.Retry retry) {
      Wait wait =
          new Wait(
              retry.at(), "retry %d of %d: %s".formatted(attempt, policy.maxRetries(), reason));
      waiting.put(asked.input(), new Waiting(attempt, since, wait));
      return wait;
    }
    waiting.remove(asked.input());
    String prefix =
        attempt == 1
            ? ""
            : "After %d attempts in %s: "
                .formatted(attempt, Problems.inWords(Duration.between(since, now)));
    throw problem.of(message -> prefix + message);
  }
}
