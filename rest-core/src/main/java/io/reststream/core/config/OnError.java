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

  /** The option of engines that make calls. */
  public static final Option<OnError> OPTION =
      Option.of(
          "onError",
          OptionTypes.oneOf(OnError.class),
          "fail",
          "What follows a call that failed for good: the job fails; its row has no answer, but the"
              + " column 'error' says why; or its row is left out.");

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
