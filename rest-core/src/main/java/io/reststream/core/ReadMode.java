package io.reststream.core;

/** How an engine reads: until the API is caught up, or for ever. */
public enum ReadMode {
  /** One cycle of each input. No offset is tracked unless an option about offsets is set. */
  BATCH,
  /** Cycle after cycle, each going on where the last one ended. */
  STREAM
}
