package io.reststream.spark.log;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A directory without a disk, for tests that live thousands of lives. */
final class MemoryStore implements LogStore {
  private final NavigableMap<String, byte[]> files = new TreeMap<>();

  @Override
  public void create(String name, List<byte[]> chunks) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    chunks.forEach(bytes::writeBytes);
    if (files.putIfAbsent(name, bytes.toByteArray()) != null) {
      throw new FileAlreadyExistsException(name);
    }
  }

  @Override
  public StoredFile open(String name) throws IOException {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new FileNotFoundException(name + " does not exist");
    }
    return new MemoryFile(bytes);
  }

  @Override
  public List<String> list(String directory) {
    return files.keySet().stream()
        .filter(name -> name.startsWith(directory))
        .map(name -> name.substring(directory.length()))
        .toList();
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  /** The name itself, so that what the log says can be opened here. */
  @Override
  public String path(String name) {
    return name;
  }

  private record MemoryFile(byte[] bytes) implements StoredFile {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void read(long at, byte[] target) throws IOException {
      if (at + target.length > bytes.length) {
        throw new EOFException("The file ends before " + (at + target.length));
      }
      System.arraycopy(bytes, (int) at, target, 0, target.length);
    }

    @Override
    public void close() {}
  }
}
