package io.reststream.flink.reader;

/**
 * Closed until the reader knows what it may ask of the API. Opened by the task's thread, looked at
 * by the fetcher's.
 */
final class Gate {
  private volatile boolean open;
  private volatile Runnable opened = () -> {};

  boolean isOpen() {
    return open;
  }

  /** Tells somebody that it opens, instead of who was to be told before. */
  void onOpen(Runnable told) {
    opened = told;
  }

  void open() {
    if (!open) {
      open = true;
      opened.run();
    }
  }
}
