package io.reststream.core.auth;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that somebody gave.
 *
 * @param value what is sent
 * @param renewAt from when on another is asked for; null if only a refusal says so
 * @param expiresAt from when on it is of no use; null if nobody said
 * @param refresh what the next one is asked for with; null to ask as the first time
 * @param refused whether the API refused it
 */
record Token(
    String value,
    @Nullable Instant renewAt,
    @Nullable Instant expiresAt,
    @Nullable Refresh refresh,
    boolean refused) {
  private static final Duration LONGEST_MARGIN = Duration.ofSeconds(60);
  private static final int PART_OF_LIFE = 4;

  /**
   * What the next token is asked for with.
   *
   * @param configured the refresh token of the options when this one was given
   * @param current the one that the server gave since
   */
  record Refresh(String configured, String current) {
    @Override
    public String toString() {
      return "****";
    }
  }

  /**
   * A new token.
   *
   * @param life how long it is of use; null if nobody said
   */
  static Token of(String value, @Nullable Duration life, Instant now, @Nullable Refresh refresh) {
    if (life == null) {
      return new Token(value, null, null, refresh, false);
    }
    Duration part = life.dividedBy(PART_OF_LIFE);
    Duration margin = part.compareTo(LONGEST_MARGIN) < 0 ? part : LONGEST_MARGIN;
    return new Token(value, now.plus(life).minus(margin), now.plus(life), refresh, false);
  }

  /** Whether no other is wanted yet. */
  boolean isFresh(Instant now) {
    return !refused && (renewAt == null || now.isBefore(renewAt));
  }

  /** Whether it may still be sent. */
  boolean isUsable(Instant now) {
    return !refused && (expiresAt == null || now.isBefore(expiresAt));
  }

  Token asRefused() {
    return new Token(value, renewAt, expiresAt, refresh, true);
  }

  @Override
  public String toString() {
    return "****";
  }
}
