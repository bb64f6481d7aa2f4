package io.reststream.spark.read;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** A Hadoop configuration on its way to the executors: packed once, unpacked where it is needed. */
public final class ShippedConfiguration implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The last one that this process unpacked: each task of a query gets its own copy of one. */
  private static volatile @Nullable ShippedConfiguration last;

  private final byte[] packed;
  private transient volatile @Nullable Configuration unpacked;

  public ShippedConfiguration(Configuration conf) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      conf.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    packed = bytes.toByteArray();
  }

  Configuration value() {
    Configuration conf = unpacked;
    if (conf == null) {
      ShippedConfiguration known = last;
      conf = known != null && Arrays.equals(known.packed, packed) ? known.unpacked : null;
      conf = conf == null ? unpack() : conf;
      unpacked = conf;
      last = this;
    }
    return conf;
  }

  private Configuration unpack() {
    Configuration conf = new Configuration(false);
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(packed)))) {
      conf.readFields(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return conf;
  }
}
