package io.reststream.core.config;

import java.util.Locale;

/** What follows a call that failed for good. */
public enum OnError {
  /** The read fails, with the call's own error. */
  FAIL,
  /** Its row has no answer, but the error's text. */
  NULL,
  /** Its row is left out. */
  SKIP;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
