package io.reststream.core.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Finds circles of page tokens with one remembered token (Brent, "An improved Monte Carlo
 * factorization algorithm", 1980): the remembered one moves on at every power of two.
 *
 * @param remembered the hash of the remembered token; empty while there is none
 * @param steps how many tokens came since
 * @param limit after how many it moves on
 */
public record TokenCircle(String remembered, long steps, long limit) {
  /** Before the first token. */
  public static final TokenCircle NONE = new TokenCircle("", 0, 1);

  private static final int HASH_BYTES = 8;

  /** Whether a token closes a circle. */
  public boolean closes(String token) {
    return hash(token).equals(remembered);
  }

  /** After one more token. */
  public TokenCircle with(String token) {
    return steps + 1 == limit
        ? new TokenCircle(hash(token), 0, limit * 2)
        : new TokenCircle(remembered, steps + 1, limit);
  }

  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
