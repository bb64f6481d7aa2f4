package io.reststream.spark.keep;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Some values as bytes, since Spark's other serializer, Kryo, knows no records. However large the
 * values are, a pack is full with {@link #FULL_BYTES} and one value more.
 */
public final class Pack {
  /** How many values a pack holds at most. */
  public static final int FULL_VALUES = 100;

  /** With how many bytes a pack takes no further value. */
  public static final int FULL_BYTES = 8 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ObjectOutputStream out;
  private int values;

  /** A pack without values. */
  public Pack() {
    try {
      out = new ObjectOutputStream(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All values in packs, each made when it is asked for. */
  public static Iterator<byte[]> all(Iterator<? extends Serializable> values) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return values.hasNext();
      }

      @Override
      public byte[] next() {
        Pack pack = new Pack();
        do {
          pack.add(values.next());
        } while (!pack.isFull() && values.hasNext());
        return pack.bytes();
      }
    };
  }

  /** Adds a value. */
  public void add(Serializable value) {
    try {
      out.writeObject(value);
      out.flush(); // so that the bytes are counted
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    values++;
  }

  public boolean isEmpty() {
    return values == 0;
  }

  /** Whether it should be written before another value comes. */
  public boolean isFull() {
    return values >= FULL_VALUES || bytes.size() >= FULL_BYTES;
  }

  /** All values, and behind them how many there are; see {@link #open}. */
  public byte[] bytes() {
    return ByteBuffer.allocate(bytes.size() + Integer.BYTES)
        .put(bytes.toByteArray())
        .putInt(values)
        .array();
  }

  /** How many values a pack has. */
  public static int size(byte[] pack) {
    return ByteBuffer.wrap(pack).getInt(pack.length - Integer.BYTES);
  }

  /** The values of a pack, in their order. */
  @SuppressWarnings("unchecked")
  public static <T> List<T> open(byte[] pack) {
    int size = size(pack);
    List<T> values = new ArrayList<>(size);
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(pack))) {
      while (values.size() < size) {
        values.add((T) in.readObject());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("What was kept is of another version", e);
    }
    return values;
  }
}
