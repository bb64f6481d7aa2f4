package io.reststream.spark.kill;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
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

  private @Nullable URI uri;

  /** What Spark must be told so that its files go through here. */
  static Map<String, String> settings() {
    return Map.of(
        "spark.hadoop.fs.file.impl",
        Local.class.getName(),
        "spark.hadoop.fs." + SCHEME + ".impl",
        MomentFileSystem.class.getName(),
        "spark.hadoop.fs.hdfs.impl",
        MomentHdfs.class.getName(),
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
    return MomentFiles.created(
        file, () -> super.create(file, overwrite, bufferSize, replication, blockSize, progress));
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
    return MomentFiles.renamed(to, () -> super.rename(from, to));
  }
}
