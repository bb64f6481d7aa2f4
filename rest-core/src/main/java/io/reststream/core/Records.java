package io.reststream.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Records as the server sent them: slices of UTF-8 JSON over one buffer, in order. Immutable, as
 * long as nobody writes into {@link #buffer}.
 *
 * <pre>{@code
 * for (int i = 0; i < records.size(); i++) {
 *   String json = records.text(i);
 * }
 * }</pre>
 */
public final class Records implements Iterable<String> {
  private static final Records EMPTY = new Records(new byte[0], new int[0], new int[0]);

  private final byte[] buffer;
  private final int[] starts;
  private final int[] ends;

  private Records(byte[] buffer, int[] starts, int[] ends) {
    this.buffer = buffer;
    this.starts = starts;
    this.ends = ends;
  }

  public static Records empty() {
    return EMPTY;
  }

  /** Slices {@code [starts[i], ends[i])} of a buffer; the arrays are not copied. */
  public static Records slices(byte[] buffer, int[] starts, int[] ends) {
    if (starts.length != ends.length) {
      throw new IllegalArgumentException(
          "%d starts and %d ends do not match".formatted(starts.length, ends.length));
    }
    return new Records(buffer, starts, ends);
  }

  /** Records that were copied out of a page before, for example into a checkpoint. */
  public static Records of(List<byte[]> records) {
    int length = records.stream().mapToInt(record -> record.length).sum();
    byte[] buffer = new byte[length];
    int[] starts = new int[records.size()];
    int[] ends = new int[records.size()];
    int at = 0;
    for (int i = 0; i < starts.length; i++) {
      byte[] record = records.get(i);
      System.arraycopy(record, 0, buffer, at, record.length);
      starts[i] = at;
      at += record.length;
      ends[i] = at;
    }
    return new Records(buffer, starts, ends);
  }

  public int size() {
    return starts.length;
  }

  public boolean isEmpty() {
    return starts.length == 0;
  }

  /** The length of a record in bytes. */
  public int length(int index) {
    return ends[index] - starts[index];
  }

  /** A copy of a record's bytes. */
  public byte[] bytes(int index) {
    byte[] copy = new byte[length(index)];
    copyTo(index, copy, 0);
    return copy;
  }

  public String text(int index) {
    return new String(buffer, starts[index], length(index), StandardCharsets.UTF_8);
  }

  public void copyTo(int index, byte[] target, int at) {
    System.arraycopy(buffer, starts[index], target, at, length(index));
  }

  /** The shared buffer, for readers that need no copy. Not to be written to. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where a record starts in {@link #buffer}. */
  public int start(int index) {
    return starts[index];
  }

  /** Where a record ends in {@link #buffer}, exclusive. */
  public int end(int index) {
    return ends[index];
  }

  /** All records as text, in order. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>(size());
    forEach(texts::add);
    return texts;
  }

  @Override
  public Iterator<String> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public String next() {
        if (!hasNext()) {
          throw new java.util.NoSuchElementException();
        }
        return text(next++);
      }
    };
  }

  @Override
  public String toString() {
    return size() + " records";
  }
}
