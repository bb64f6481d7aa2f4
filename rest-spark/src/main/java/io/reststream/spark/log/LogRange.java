package io.reststream.spark.log;

import org.jspecify.annotations.Nullable;

/**
 * Some records of a block, as part of a batch.
 *
 * @param path the segment's file
 * @param skip how many records of the block come before
 * @param take how many are meant
 * @param bytes the block's bytes, if the log still has them in memory
 */
public record LogRange(String path, Block block, int skip, int take, byte @Nullable [] bytes) {}
