package io.reststream.spark.kill;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.util.Progressable;

/** HDFS, which knows what a query's files mean and where it is when it touches them. */
public final class MomentHdfs extends DistributedFileSystem {
  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    Moments.atFile();
    return super.open(file, bufferSize);
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
    return MomentFiles.created(
        file,
        () ->
            super.create(
                file, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return MomentFiles.renamed(to, () -> super.rename(from, to));
  }
}
