package io.reststream.core.simulation;

import org.jspecify.annotations.Nullable;

/**
 * A page token of the API: where the page that it leads to begins.
 *
 * @param since the places or numbers asked for begin here
 * @param at the last record's number, an index, or the index in a stored result
 * @param stored the stored result
 * @param nonce makes two tokens of one place differ
 */
record Token(long since, int at, int stored, int nonce) {
  /** What a client must encode. */
  private static final String SPICE = "+/=&é";

  @Override
  public String toString() {
    return since + "_" + at + "_" + stored + "_" + nonce + SPICE;
  }

  static @Nullable Token parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String[] parts = text.substring(0, text.length() - SPICE.length()).split("_");
    return new Token(
        Long.parseLong(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]));
  }
}
