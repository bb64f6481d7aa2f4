package io.reststream.spark.kill;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * The local file system, which knows what a query's files mean and where it is when it touches
 * them. Under the scheme {@code moments} the page log goes through it too; under {@code file} the
 * page log writes by itself.
 */
public final class MomentFileSystem extends RawLocalFileSystem {
  static final String SCHEME = "moments";

  private static final Pattern OFFSET = Pattern.compile(".*/checkpoint/offsets/\\d+");
  private static final Pattern COMMIT = Pattern.compile(".*/checkpoint/commits/\\d+");
  private static final Pattern SINK = Pattern.compile(".*/_spark_metadata/[^./]+");
  private static final Pattern SEGMENT = Pattern.compile(".*/sources/\\d+/segments/[^/]+");

  private @Nullable URI uri;

  /** What Spark must be told so that its files go through here. */
  static Map<String, String> settings() {
    return Map.of(
        "spark.hadoop.fs.file.impl",
        Local.class.getName(),
        "spark.hadoop.fs." + SCHEME + ".impl",
        MomentFileSystem.class.getName(),
        "spark.sql.streaming.checkpointFileManagerClass",
        checkpointFileManager());
  }

  /** It moved with Spark 4.1. */
  private static String checkpointFileManager() {
    String before = "org.apache.spark.sql.execution.streaming.";
    String name = "FileSystemBasedCheckpointFileManager";
    String since = before + "checkpointing." + name;
    String file = since.replace('.', '/') + ".class";
    return MomentFileSystem.class.getClassLoader().getResource(file) == null
        ? before + name
        : since;
  }

  /** The same for {@code file}, with the checksum files that Hadoop has there. */
  public static final class Local extends LocalFileSystem {
    public Local() {
      super(new MomentFileSystem());
    }
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    uri = URI.create(name.getScheme() + ":///");
    super.initialize(name, conf);
  }

  @Override
  public URI getUri() {
    return uri == null ? super.getUri() : uri;
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    Moments.atFile();
    return super.open(file, bufferSize);
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
    Moments.atFile();
    FSDataOutputStream out =
        super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    return SEGMENT.matcher(file.toString()).matches()
        ? new FSDataOutputStream(new Halting(out), null)
        : out;
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

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    Moments.atFile();
    String name = to.toString();
    if (OFFSET.matcher(name).matches()) {
      Moments.at(Moment.APPENDED);
    } else if (SINK.matcher(name).matches()) {
      Moments.at(Moment.SINK);
    } else if (COMMIT.matcher(name).matches()) {
      Moments.beforeCommit();
    }
    boolean renamed = super.rename(from, to);
    if (SINK.matcher(name).matches()) {
      Moments.at(Moment.SINK);
    } else if (COMMIT.matcher(name).matches()) {
      Moments.at(Moment.COMMITTED);
    }
    return renamed;
  }

  /** Stops in the middle of what it is given to write. */
  private static final class Halting extends FilterOutputStream {
    private Halting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int half = length / 2;
      out.write(bytes, from, half);
      out.flush();
      Moments.at(Moment.APPEND);
      out.write(bytes, from + half, length - half);
    }
  }
}
