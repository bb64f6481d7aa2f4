package io.reststream.spark.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Exception;
import org.apache.hadoop.conf.Configuration;

/** Reads the records of a block, in whatever process, and checks them. */
public final class BlockBytes {
  private BlockBytes() {}

  /**
   * Reads a block from a segment's file.
   *
   * @throws PageLogException if the file is gone or damaged
   */
  public static byte[] read(String path, Block block, Configuration conf) {
    try (LogStore.StoredFile file = HadoopStore.open(path, conf)) {
      return read(file, path, block);
    } catch (FileNotFoundException e) {
      throw PageLogException.io(
          "read",
          path,
          e,
          "It was deleted, as by a query that has taken over, or this process cannot reach it: the checkpoint location must be one that all"
              + " executors can read. Change that, or restore the file from a copy.");
    } catch (IOException e) {
      throw PageLogException.io("read", path, e, "No record was skipped.");
    }
  }

  static byte[] read(LogStore.StoredFile file, String path, Block block) throws IOException {
    if (file.length() < block.at() + block.bytes()) {
      throw PageLogException.damaged(path, "it ends after %d bytes".formatted(file.length()));
    }
    byte[] bytes = new byte[block.bytes()];
    file.read(block.at(), bytes);
    if (Frame.crc(bytes, 0, bytes.length) != block.crc()) {
      throw PageLogException.damaged(
          path, "the block at byte %d does not match its checksum".formatted(block.at()));
    }
    try {
      return Compression.undone(bytes, block.length());
    } catch (LZ4Exception e) {
      throw PageLogException.damaged(
          path, "the block at byte %d cannot be decompressed".formatted(block.at()));
    }
  }

  /** The part of a block's bytes that holds some of its records. */
  public static ByteBuffer slice(byte[] block, int skip, int take) {
    ByteBuffer bytes = ByteBuffer.wrap(block);
    step(bytes, skip);
    int from = bytes.position();
    step(bytes, take);
    return bytes.limit(bytes.position()).position(from);
  }

  private static void step(ByteBuffer bytes, int records) {
    for (int i = 0; i < records; i++) {
      int length = bytes.getInt();
      bytes.position(bytes.position() + length);
    }
  }
}
