package io.reststream.spark.stream;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Position;
import io.reststream.spark.log.LoggedPage;
import io.reststream.spark.log.PageFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the fetcher hands over at once: pages, and the positions that follow them. */
final class Taken {
  /** So much is made durable at once at most, and one page more. */
  static final long MAX_BYTES = 64L * 1024 * 1024;

  private final List<LoggedPage> pages = new ArrayList<>();
  private final Map<Input, Position> moved = new LinkedHashMap<>();
  private long records;
  private long bytes;
  private boolean finished;

  void add(Input input, Page page) {
    if (!page.records().isEmpty()) {
      pages.add(new LoggedPage(input.json(), page.records(), PageFacts.of(page.info())));
      records += page.records().size();
      bytes += page.info().bytes();
    }
    moved.put(input, page.next());
  }

  /** Whether there is enough: as many records as wanted, or as much as fits at once. */
  boolean has(long wanted) {
    return records >= wanted || bytes >= MAX_BYTES;
  }

  void finish() {
    finished = true;
  }

  /** The pages with records, in the order in which they came. */
  List<LoggedPage> pages() {
    return pages;
  }

  Map<Input, Position> moved() {
    return moved;
  }

  long records() {
    return records;
  }

  /** Whether a drain has come to its end: there will be no more. */
  boolean isFinished() {
    return finished;
  }
}
