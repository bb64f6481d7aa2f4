package io.reststream.core.config;

/** What follows an answer that is not a success. */
public enum StatusAction {
  /** The request is made again later, as often as {@code maxRetries} says. */
  RETRY("retry"),

  /** The read fails at once. */
  FAIL("fail"),

  /** It is a page without records, which ends the cycle. */
  IGNORE("ignore"),

  /** The credentials are renewed once; if it comes again, the read fails. */
  REFRESH("refresh"),

  /** The offset has expired: the stream starts again from {@code initialOffset}. */
  RESET("reset");

  private final String text;

  StatusAction(String text) {
    this.text = text;
  }

  /** The value as users write it. */
  @Override
  public String toString() {
    return text;
  }
}
