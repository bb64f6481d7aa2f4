package io.reststream.core.auth;

import java.io.IOException;
import java.time.Instant;

/** There are no credentials now, and whoever gives them says when to ask again. */
public final class ComeAgainException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Instant said;
  private final Instant at;

  /**
   * A failure that may pass.
   *
   * @param said when this was said
   * @param at when to ask again
   */
  public ComeAgainException(String message, Instant said, Instant at) {
    super(message);
    this.said = said;
    this.at = at;
  }

  /** When this was said, from which the time to wait is counted. */
  public Instant said() {
    return said;
  }

  /** When to ask again. */
  public Instant at() {
    return at;
  }
}
