package io.reststream.core.retry;

import io.reststream.core.http.RestResponse;
import io.reststream.core.retry.Limit.Left;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an answer ask for: when to come again. Where {@code Retry-After} (RFC 9110,
 * section 10.2.3) or the header that the options name says it, that counts; else the limits do.
 *
 * @param retryAfter when to come again; null if that is not told
 * @param limits the limits that were told
 * @param nextCycle when the next cycle may start ({@code X-Poll-Interval}); null if not told
 */
public record ServerWish(
    @Nullable Instant retryAfter, List<Limit> limits, @Nullable Instant nextCycle) {
  private static final int TOO_MANY_REQUESTS = 429;

  /**
   * Reads the headers.
   *
   * @param named the header that the options name; null if they name none
   */
  public static ServerWish of(RestResponse response, @Nullable String named, Instant now) {
    Instant own = named == null ? null : time(response, named, now);
    return new ServerWish(
        own == null ? time(response, "Retry-After", now) : own,
        LimitHeaders.read(response, now),
        time(response, "X-Poll-Interval", now));
  }

  private static @Nullable Instant time(RestResponse response, String header, Instant now) {
    return response.header(header).map(text -> ServerTime.parse(text, now)).orElse(null);
  }

  /** Whether a limit is used up. */
  public boolean isLimited() {
    return limits.stream().anyMatch(limit -> limit.left() == Left.NONE);
  }

  /** When the limits that are used up allow more; empty if none is, or none says when. */
  public Optional<Instant> limitedUntil() {
    return reset(Left.NONE);
  }

  /** When to make a request again that was answered with a status; null if that is not told. */
  public @Nullable Instant retryAt(int status) {
    if (retryAfter != null) {
      return retryAfter;
    }
    Optional<Instant> reset = limitedUntil();
    return reset.isEmpty() && !isLimited() && status == TOO_MANY_REQUESTS
        ? reset(Left.UNKNOWN).orElse(null)
        : reset.orElse(null);
  }

  private Optional<Instant> reset(Left left) {
    if (limits.isEmpty()) {
      return Optional.empty(); // of nearly every answer
    }
    return limits.stream()
        .filter(limit -> limit.left() == left)
        .map(Limit::reset)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }
}
