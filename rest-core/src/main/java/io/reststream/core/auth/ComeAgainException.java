package io.reststream.core.auth;

import java.io.IOException;
import java.time.Instant;

/** There are no credentials now, and whoever gives them says when to ask again. */
public final class ComeAgainException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Instant at;

  /**
   * A failure that may pass.
   *
   * @param at when to ask again
   */
  public ComeAgainException(String message, Instant at) {
    super(message);
    this.at = at;
  }

  /** When to ask again. */
  public Instant at() {
    return at;
  }
}
