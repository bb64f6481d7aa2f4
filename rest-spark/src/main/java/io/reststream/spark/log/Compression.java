package io.reststream.spark.log;

import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Blocks as they lie in a file: in the block format of LZ4, by the library that Spark has for its
 * own blocks, where that makes them smaller.
 */
final class Compression {
  /** How much smaller a block has to become, in parts of it, so that it is worth being undone. */
  private static final int WORTHWHILE = 8;

  /** A larger block is one large record, which is held several times already. */
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
  private static final LZ4SafeDecompressor DECOMPRESSOR =
      LZ4Factory.fastestInstance().safeDecompressor();

  private Compression() {}

  /** The block as it is stored: shorter than it is, or itself. */
  static byte[] of(byte[] block) {
    if (block.length > MOST_BYTES) {
      return block;
    }
    byte[] target = new byte[COMPRESSOR.maxCompressedLength(block.length)];
    int length = COMPRESSOR.compress(block, 0, block.length, target, 0, target.length);
    return length < block.length - block.length / WORTHWHILE
        ? Arrays.copyOf(target, length)
        : block;
  }

  /**
   * What was stored as these bytes.
   *
   * @param length how long it is
   * @throws LZ4Exception if it is not that long, or nothing that was compressed
   */
  static byte[] undone(byte[] stored, int length) {
    if (stored.length == length) {
      return stored;
    }
    byte[] block = new byte[length];
    int came = DECOMPRESSOR.decompress(stored, 0, stored.length, block, 0, length);
    if (came != length) {
      throw new LZ4Exception("%d bytes came of it, not %d".formatted(came, length));
    }
    return block;
  }
}
