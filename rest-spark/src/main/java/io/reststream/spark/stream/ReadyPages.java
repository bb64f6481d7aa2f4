package io.reststream.spark.stream;

import io.reststream.core.Input;
import io.reststream.core.Page;
import java.util.ArrayDeque;
import java.util.Deque;

/** Pages that were fetched and not taken yet, in the order in which they came. */
final class ReadyPages {
  private static final int MAX_PAGES = 256;

  private record Ready(Input input, Page page) {}

  private final Deque<Ready> pages = new ArrayDeque<>();
  private long records;
  private long bytes;

  void add(Input input, Page page) {
    pages.addLast(new Ready(input, page));
    records += page.records().size();
    bytes += page.info().bytes();
  }

  /** Hands pages over until there are as many records as wanted. */
  void moveTo(Taken taken, long wanted) {
    while (!taken.has(wanted) && !pages.isEmpty()) {
      Ready next = pages.removeFirst();
      records -= next.page().records().size();
      bytes -= next.page().info().bytes();
      taken.add(next.input(), next.page());
    }
  }

  boolean isEmpty() {
    return pages.isEmpty();
  }

  /** Whether there is room for more, so many records being wanted and others being on their way. */
  boolean hasRoom(long wanted, long expected) {
    return records + expected < wanted && bytes < Taken.MAX_BYTES && pages.size() < MAX_PAGES;
  }
}
