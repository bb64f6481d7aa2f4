package io.reststream.core.offset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The 128-bit hash by which a delivered record is recognised when the API sends it again: the first
 * half of a SHA-256.
 *
 * @param high the first eight bytes
 * @param low the next eight bytes
 */
public record RecordKey(long high, long low) {
  /** How many bytes a key has. */
  public static final int LENGTH = 16;

  /** Hashes all bytes that were put into it; not thread-safe. */
  public static final class Hasher {
    private final MessageDigest digest;

    public Hasher() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every JDK has SHA-256", e);
      }
    }

    /** Adds bytes to what is hashed. */
    public Hasher put(byte[] bytes, int from, int to) {
      digest.update(bytes, from, to - from);
      return this;
    }

    /** The key of what was put in since the last one. */
    public RecordKey key() {
      return of(ByteBuffer.wrap(digest.digest()));
    }
  }

  static RecordKey of(ByteBuffer bytes) {
    return new RecordKey(bytes.getLong(), bytes.getLong());
  }

  void writeTo(ByteBuffer bytes) {
    bytes.putLong(high).putLong(low);
  }
}
