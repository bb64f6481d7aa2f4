package io.reststream.spark.log;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * The local file system under the scheme {@code faulty}, as a Hadoop file system that can be told
 * to fail: once, at the next file that matches. Under {@code objects} it is a store of objects.
 */
public class FaultyFileSystem extends RawLocalFileSystem {
  private static final AtomicReference<@Nullable Rule> RULE = new AtomicReference<>();

  /** What happens to a file. An answer that is lost is one of something that was done. */
  public enum Fault {
    /** It cannot be created. */
    DENIED,
    /** It was created, empty, but the answer is lost. */
    CREATED_UNHEARD,
    /** The disk is full in the middle of it. */
    FULL,
    /** All is written, but closing it fails. */
    NOT_CLOSED,
    /** Closing it fails, and nothing of what was written is there. */
    LOST,
    /** It cannot be renamed to its name. */
    NOT_RENAMED,
    /** It was renamed to its name, but the answer is lost. */
    RENAMED_UNHEARD,
    /** It cannot be deleted. */
    NOT_DELETED,
    /** It was deleted, but the answer is lost. */
    DELETED_UNHEARD,
    /** The directory cannot be listed. */
    NOT_LISTED,
    /** It cannot be opened for reading. */
    NOT_OPENED
  }

  private record Rule(Fault fault, Predicate<String> path) {}

  /** Lets the next file whose path matches meet a fault. */
  public static void next(Fault fault, Predicate<String> path) {
    RULE.set(new Rule(fault, path));
  }

  /** Whether a fault is still waiting for its file; it waits no longer. */
  public static boolean forget() {
    return RULE.getAndSet(null) != null;
  }

  /** A configuration that knows this file system. */
  public static Configuration configuration() {
    Configuration conf = new Configuration(false);
    register(conf);
    return conf;
  }

  public static void register(Configuration conf) {
    conf.set("fs.faulty.impl", FaultyFileSystem.class.getName());
    conf.set("fs.objects.impl", ObjectStore.class.getName());
  }

  @Override
  public URI getUri() {
    return URI.create(getScheme() + ":///");
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

  private static void fail(Fault fault, Path file) throws IOException {
    if (meets(fault, file)) {
      throw new IOException("Connection to the file system was lost");
    }
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
    if (meets(Fault.DENIED, file)) {
      throw new IOException("Permission denied");
    }
    FSDataOutputStream out = created(file, overwrite);
    if (meets(Fault.CREATED_UNHEARD, file)) {
      out.close();
      throw new IOException("Connection to the file system was lost");
    }
    for (Fault fault : new Fault[] {Fault.FULL, Fault.NOT_CLOSED, Fault.LOST}) {
      if (meets(fault, file)) {
        return new FSDataOutputStream(new Faulty(out, fault), null);
      }
    }
    return out;
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

  /** A file that is open for writing. */
  FSDataOutputStream created(Path file, boolean overwrite) throws IOException {
    return super.create(file, overwrite, 1, (short) 1, 1L << 20, null);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    fail(Fault.NOT_RENAMED, to);
    boolean renamed = super.rename(from, to);
    fail(Fault.RENAMED_UNHEARD, to);
    return renamed;
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    fail(Fault.NOT_DELETED, file);
    boolean deleted = super.delete(file, recursive);
    fail(Fault.DELETED_UNHEARD, file);
    return deleted;
  }

  @Override
  public FileStatus[] listStatus(Path directory) throws IOException {
    fail(Fault.NOT_LISTED, directory);
    return super.listStatus(directory);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    fail(Fault.NOT_OPENED, file);
    return super.open(file, bufferSize);
  }

  private static final class Faulty extends FilterOutputStream {
    private final Fault fault;

    private Faulty(OutputStream out, Fault fault) {
      super(out);
      this.fault = fault;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      switch (fault) {
        case FULL -> {
          out.write(bytes, from, length / 2);
          throw new IOException("No space left on device");
        }
        case LOST -> {}
        default -> out.write(bytes, from, length);
      }
    }

    @Override
    public void close() throws IOException {
      if (fault != Fault.LOST) {
        super.close();
      }
      if (fault != Fault.FULL) {
        throw new IOException("Connection to the file system was lost");
      }
    }
  }

  /**
   * A store of objects: one appears whole when it is closed, and nothing can be synced before.
   * Whether there is one already is looked up when it is begun, and who closes last stays. A rename
   * is a copy.
   */
  public static final class ObjectStore extends FaultyFileSystem {
    @Override
    public String getScheme() {
      return "objects";
    }

    @Override
    FSDataOutputStream created(Path file, boolean overwrite) throws IOException {
      if (!overwrite && exists(file)) {
        throw new FileAlreadyExistsException(file + " already exists");
      }
      return new FSDataOutputStream(new Upload(pathToFile(file).toPath()), null);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
      fail(Fault.NOT_RENAMED, to);
      try (FSDataOutputStream copy = created(to, true)) {
        Files.copy(pathToFile(from).toPath(), copy);
      }
      fail(Fault.RENAMED_UNHEARD, to);
      return delete(from, false);
    }

    private static final class Upload extends ByteArrayOutputStream {
      private final java.nio.file.Path object;
      private boolean closed;

      private Upload(java.nio.file.Path object) {
        this.object = object;
      }

      @Override
      public void close() throws IOException {
        if (!closed) {
          closed = true;
          java.nio.file.Path part = Files.createTempFile("upload", "");
          Files.write(part, toByteArray());
          Files.createDirectories(object.toAbsolutePath().getParent());
          Files.move(part, object, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
