package io.reststream.examples.demo;

/** An engine that reads the shop's orders; what it has saved outlives a stop. */
interface Engine extends AutoCloseable {

  /** Starts to read: from the beginning, or after a stop from where that left off. */
  void start() throws Exception;

  /** Ends reading, with all that going on needs saved. */
  void stop() throws Exception;

  /** Throws what the reading failed with, if it has failed. */
  void throwFailure() throws Exception;
}
