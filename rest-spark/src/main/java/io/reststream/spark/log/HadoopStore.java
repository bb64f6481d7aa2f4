package io.reststream.spark.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * A directory of any Hadoop file system: HDFS, or an object store. A file is synced where the file
 * system can do that; an object store makes it durable when it is closed.
 */
public final class HadoopStore implements LogStore {
  private final FileSystem files;
  private final Path root;

  private HadoopStore(FileSystem files, Path root) {
    this.files = files;
    this.root = root;
  }

  /** The store for a directory, which need not exist. */
  public static LogStore at(String directory, Configuration conf) throws IOException {
    FileSystem files = new Path(directory).getFileSystem(conf);
    Path root = files.makeQualified(new Path(directory));
    return files.getUri().getScheme().equals("file")
        ? new LocalStore(java.nio.file.Path.of(root.toUri().getPath()), root.toString())
        : new HadoopStore(files, root);
  }

  /** Opens a file by the path that {@link LogStore#path} gave, from any process. */
  public static StoredFile open(String path, Configuration conf) throws IOException {
    Path file = new Path(path);
    return open(file.getFileSystem(conf), file);
  }

  private static StoredFile open(FileSystem files, Path file) throws IOException {
    return new HadoopFile(files, file, files.open(file));
  }

  @Override
  public void create(String name, List<byte[]> chunks) throws IOException {
    Path file = new Path(root, name);
    try (FSDataOutputStream out = files.create(file, false)) {
      for (byte[] chunk : chunks) {
        out.write(chunk);
      }
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      FileAlreadyExistsException exists = new FileAlreadyExistsException(file.toString());
      exists.initCause(e);
      throw exists;
    }
  }

  @Override
  public StoredFile open(String name) throws IOException {
    return open(files, new Path(root, name));
  }

  @Override
  public List<String> list(String directory) throws IOException {
    try {
      List<String> names = new ArrayList<>();
      for (FileStatus file : files.listStatus(new Path(root, directory))) {
        names.add(file.getPath().getName());
      }
      return names;
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  @Override
  public void delete(String name) throws IOException {
    files.delete(new Path(root, name), false);
  }

  @Override
  public String path(String name) {
    return new Path(root, name).toString();
  }

  private record HadoopFile(FileSystem files, Path file, FSDataInputStream in)
      implements StoredFile {
    @Override
    public long length() throws IOException {
      return files.getFileStatus(file).getLen();
    }

    @Override
    public void read(long at, byte[] target) throws IOException {
      in.readFully(at, target);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
