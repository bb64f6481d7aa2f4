package io.reststream.core.retry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about one of its limits.
 *
 * @param left whether it allows more requests for now
 * @param reset when it allows as many as ever again; null if that is not told
 */
public record Limit(Left left, @Nullable Instant reset) {

  /** Whether a limit allows more requests. */
  public enum Left {
    NONE,
    SOME,
    UNKNOWN;

    /** Reads how many are left. */
    static Left of(@Nullable String text) {
      if (text == null || !text.strip().matches("\\d{1,18}(?:\\.\\d{1,9})?")) {
        return UNKNOWN;
      }
      return text.strip().matches("[0.]+") ? NONE : SOME;
    }
  }
}
