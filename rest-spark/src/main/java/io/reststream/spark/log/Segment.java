package io.reststream.spark.log;

import java.util.List;

/**
 * What is known of a segment of the log, without its records.
 *
 * @param file its name in the store
 * @param number its number, from 1, without gaps
 * @param epoch who wrote it
 * @param before the checksum of the segment before it, or of the head
 * @param checksum its own, over all but the blocks, which have theirs in the header
 * @param continues whether it was appended for the same batch as the one before it
 * @param records how many records it holds; may be 0
 * @param length the length of its file
 */
record Segment(
    String file,
    long number,
    Epoch epoch,
    String before,
    String checksum,
    boolean continues,
    long records,
    long length,
    List<Block> blocks) {
  static final String DIRECTORY = "segments/";

  Place end() {
    return new Place(number, records);
  }
}
