package io.reststream.flink.reader;

/**
 * How many requests may be under way, together with the pages that wait to be handed over: none
 * until the reader knows what it may ask of the API. Opened by the task's thread, looked at by the
 * fetcher's.
 */
final class Gate {
  /** Where no option says how many. */
  static final int USUAL = 8;

  private volatile int requests;
  private volatile Runnable opened = () -> {};

  /** How many requests; 0 while it is closed. */
  int requests() {
    return requests;
  }

  /** Tells somebody that it opens, instead of who was to be told before. */
  void onOpen(Runnable told) {
    opened = told;
  }

  void open(int most) {
    if (requests != most) {
      requests = most;
      opened.run();
    }
  }
}
