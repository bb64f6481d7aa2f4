package io.reststream.spark.log;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * The local file system under the scheme {@code faulty}, as a Hadoop file system that can be told
 * to fail: once, at the next file that matches.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  private static final AtomicReference<@Nullable Rule> RULE = new AtomicReference<>();

  /** What happens to a file. */
  public enum Fault {
    /** It cannot be created. */
    DENIED,
    /** The disk is full in the middle of it. */
    FULL,
    /** All is written, but closing it fails. */
    NOT_CLOSED,
    /** It cannot be renamed to its name. */
    NOT_RENAMED
  }

  private record Rule(Fault fault, Predicate<String> path) {}

  /** Lets the next file whose path matches meet a fault. */
  public static void next(Fault fault, Predicate<String> path) {
    RULE.set(new Rule(fault, path));
  }

  /** A configuration that knows this file system. */
  public static Configuration configuration() {
    Configuration conf = new Configuration(false);
    register(conf);
    return conf;
  }

  public static void register(Configuration conf) {
    conf.set("fs.faulty.impl", FaultyFileSystem.class.getName());
  }

  @Override
  public URI getUri() {
    return URI.create("faulty:///");
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  private static boolean meets(Fault fault, Path file) {
    Rule rule = RULE.get();
    return rule != null
        && rule.fault() == fault
        && rule.path().test(file.toString())
        && RULE.compareAndSet(rule, null);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return faulty(
        file, super.create(checked(file), overwrite, 1, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(file, overwrite, bufferSize, replication, blockSize, progress);
  }

  private static Path checked(Path file) throws IOException {
    if (meets(Fault.DENIED, file)) {
      throw new IOException("Permission denied");
    }
    return file;
  }

  private static FSDataOutputStream faulty(Path file, FSDataOutputStream out) throws IOException {
    boolean full = meets(Fault.FULL, file);
    boolean notClosed = meets(Fault.NOT_CLOSED, file);
    return full || notClosed ? new FSDataOutputStream(new Faulty(out, full), null) : out;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (meets(Fault.NOT_RENAMED, to)) {
      throw new IOException("Connection to the file system was lost");
    }
    return super.rename(from, to);
  }

  private static final class Faulty extends FilterOutputStream {
    private final boolean full;

    private Faulty(OutputStream out, boolean full) {
      super(out);
      this.full = full;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, full ? length / 2 : length);
      if (full) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void close() throws IOException {
      super.close();
      if (!full) {
        throw new IOException("Connection to the file system was lost");
      }
    }
  }
}
