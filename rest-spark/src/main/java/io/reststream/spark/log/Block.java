package io.reststream.spark.log;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Records of one page that stand together in a segment's file, each as its length (four bytes,
 * big-endian) and its bytes; in the file they may be compressed.
 *
 * @param input the input that they belong to, as its canonical JSON
 * @param page where the page came from; null in a log of version 1
 * @param first how many records of the segment stand before the block
 * @param records how many records it holds
 * @param at where it starts in the file
 * @param bytes how long it is there
 * @param crc the CRC32C of these bytes
 * @param length how long its records are together; the same as {@code bytes} if it is not
 *     compressed
 */
public record Block(
    String input,
    @Nullable PageFacts page,
    long first,
    int records,
    long at,
    int bytes,
    int crc,
    int length)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
