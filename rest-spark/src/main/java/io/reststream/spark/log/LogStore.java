package io.reststream.spark.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The directory that a page log lives in. All that the log needs of a file system: files that are
 * durable once {@link #create} has returned, and a listing that shows them from then on.
 */
public interface LogStore {
  /**
   * Writes a new file and makes it durable. When it fails, the file may be absent, torn or whole.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is such a file; it is not touched
   */
  void create(String name, List<byte[]> chunks) throws IOException;

  /**
   * Opens a file for reading.
   *
   * @throws java.io.FileNotFoundException if there is no such file
   */
  StoredFile open(String name) throws IOException;

  /** The names of the files in a directory, without it; none if there is no such directory. */
  List<String> list(String directory) throws IOException;

  /** Deletes a file, if it exists. */
  void delete(String name) throws IOException;

  /** Where a file is, for messages and for readers in other processes. */
  String path(String name);

  /** A file that is open for reading. */
  interface StoredFile extends Closeable {
    long length() throws IOException;

    /** Fills the target with what stands from this place on. */
    void read(long at, byte[] target) throws IOException;
  }
}
