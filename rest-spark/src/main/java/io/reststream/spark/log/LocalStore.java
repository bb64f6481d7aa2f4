package io.reststream.spark.log;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of the local file system, without Hadoop's checksum files: created exclusively
 * ({@code O_EXCL}), forced to the disk, and the directory with it.
 */
final class LocalStore implements LogStore {
  private final Path root;
  private final String shown;

  LocalStore(Path root, String shown) {
    this.root = root;
    this.shown = shown;
  }

  @Override
  public void create(String name, List<byte[]> chunks) throws IOException {
    Path file = root.resolve(name);
    Path directory = parent(file);
    if (!Files.isDirectory(directory)) {
      createDurably(directory);
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (byte[] chunk : chunks) {
        ByteBuffer rest = ByteBuffer.wrap(chunk);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      }
      channel.force(true);
    }
    force(directory);
  }

  private static void createDurably(Path directory) throws IOException {
    Path parent = parent(directory);
    if (!Files.isDirectory(parent)) {
      createDurably(parent);
    }
    Files.createDirectories(directory);
    force(parent);
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException(file + " is the root of the file system");
    }
    return parent;
  }

  /** Makes the entries of a directory durable. */
  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public StoredFile open(String name) throws IOException {
    try {
      return new LocalFile(FileChannel.open(root.resolve(name), StandardOpenOption.READ));
    } catch (NoSuchFileException e) {
      FileNotFoundException notFound = new FileNotFoundException(path(name) + " does not exist");
      notFound.initCause(e);
      throw notFound;
    }
  }

  @Override
  public List<String> list(String directory) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(directory))) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(root.resolve(name));
  }

  @Override
  public String path(String name) {
    return shown + "/" + name;
  }

  private record LocalFile(FileChannel channel) implements StoredFile {
    @Override
    public long length() throws IOException {
      return channel.size();
    }

    @Override
    public void read(long at, byte[] target) throws IOException {
      ByteBuffer rest = ByteBuffer.wrap(target);
      while (rest.hasRemaining()) {
        if (channel.read(rest, at + rest.position()) < 0) {
          throw new EOFException("The file ends before " + (at + target.length));
        }
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
