package io.reststream.core.http;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Bytes as they come in, and never more of them than a limit. Room is made for what has come, not
 * for what was promised. For one thread.
 */
final class LimitedBytes extends OutputStream {
  private static final int FIRST_CHUNK = 8 << 10;
  private static final int LARGEST_CHUNK = 1 << 20;

  private final int limit;
  private final Supplier<String> problem;
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private byte[] last = new byte[0];
  private int used;
  private int size;

  /**
   * Nothing yet.
   *
   * @param problem what is wrong when there is more than the limit
   */
  LimitedBytes(int limit, Supplier<String> problem) {
    this.limit = limit;
    this.problem = problem;
  }

  int size() {
    return size;
  }

  /** Takes all that is left of a buffer. */
  void write(ByteBuffer buffer) throws PermanentException {
    while (buffer.hasRemaining()) {
      int length = Math.min(room(), buffer.remaining());
      buffer.get(last, used, length);
      used += length;
      size += length;
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws PermanentException {
    write(ByteBuffer.wrap(bytes, from, length));
  }

  @Override
  public void write(int octet) throws PermanentException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  private int room() throws PermanentException {
    if (size == limit) {
      throw new PermanentException(problem.get());
    }
    if (used == last.length) {
      int wanted = last.length == 0 ? FIRST_CHUNK : Math.min(LARGEST_CHUNK, last.length * 2);
      last = new byte[Math.min(wanted, limit - size)];
      used = 0;
      chunks.add(last);
    }
    return last.length - used;
  }

  /** All bytes in one array; they are given away by it. */
  byte[] toArray() {
    byte[] all = new byte[size];
    int at = 0;
    while (at < all.length) {
      byte[] chunk = chunks.remove();
      int length = Math.min(chunk.length, all.length - at);
      System.arraycopy(chunk, 0, all, at, length);
      at += length;
    }
    return all;
  }

  /** All bytes as a stream; they are given away as they are read. */
  InputStream toStream() {
    return new InputStream() {
      private byte[] chunk = new byte[0];
      private int at;
      private int left = size;

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int from, int length) {
        if (left == 0) {
          return -1;
        }
        if (at == chunk.length) {
          chunk = chunks.remove();
          at = 0;
        }
        int read = Math.min(length, Math.min(left, chunk.length - at));
        System.arraycopy(chunk, at, target, from, read);
        at += read;
        left -= read;
        return read;
      }

      @Override
      public int available() {
        return left;
      }
    };
  }
}
